import { openDatabase } from '../../../server/db/database.ts';

/** Raises the setting `counter` so many times, and says each number once it is saved: `countUp.ts URL TIMES`. */
const [url, times] = process.argv.slice(2) as [string, string];
const db = await openDatabase(url);
for (let count = 0; count < Number(times); count++) {
  const saved = await db.write(async (tx) => {
    const counter = tx.selectFrom('setting').select('value').where('name', '=', 'counter');
    const { value } = await counter.executeTakeFirstOrThrow();
    const next = String(Number(value) + 1);
    await tx.updateTable('setting').set({ value: next }).where('name', '=', 'counter').execute();
    return next;
  });
  process.stdout.write(`${saved}\n`);
}
await db.close();
