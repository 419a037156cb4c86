import { openDatabase } from '../../../server/db/database.ts';

/** Raises the setting `counter` so many times: `countUp.ts URL TIMES`. */
const [url, times] = process.argv.slice(2) as [string, string];
const db = await openDatabase(url);
for (let count = 0; count < Number(times); count++) {
  await db.write(async (tx) => {
    const counter = tx.selectFrom('setting').select('value').where('name', '=', 'counter');
    const { value } = await counter.executeTakeFirstOrThrow();
    await tx
      .updateTable('setting')
      .set({ value: String(Number(value) + 1) })
      .where('name', '=', 'counter')
      .execute();
  });
}
await db.close();
