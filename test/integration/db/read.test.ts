import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../setup/database.ts';
import { addStudy, auditEntry } from '../../setup/rows.ts';

const ROWS = 100_000;

let fresh: FreshDatabase;
let study: string;
beforeAll(async () => {
  fresh = await freshDatabase();
  study = await addStudy(fresh.db);
  await fresh.db.write((tx) =>
    sql`
      insert into audit (study_id, seq, at, user_id, user_name, action, subject, after, study_version, previous_hash, hash)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sql.lit(ROWS)})
      select ${study}, i, '2026-01-05', 'u', 'U', 'test', 'x', ${'x'.repeat(1000)}, 1, '0', '0' from n`.execute(
      tx,
    ),
  );
});
afterAll(() => fresh.close());

function liveMegabytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

it('streams 100,000 rows (100 MB) in bounded memory, as of one instant, while a save succeeds in between', async () => {
  const before = liveMegabytes();
  let peak = 0;
  let expected = 1;
  for await (const row of fresh.db.read.selectFrom('audit').selectAll().orderBy('seq').stream()) {
    if (row.seq !== expected) throw new Error(`row ${row.seq} where ${expected} was expected`);
    if (expected === 1000) {
      await fresh.db.write((tx) =>
        tx
          .insertInto('audit')
          .values(auditEntry(study, ROWS + 1))
          .execute(),
      );
    }
    if (expected % 10_000 === 0) peak = Math.max(peak, liveMegabytes() - before);
    expected++;
  }
  expect(expected - 1).toBe(ROWS);
  expect(peak).toBeLessThan(20);
  const { count } = await fresh.db.read
    .selectFrom('audit')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  expect(count).toBe(ROWS + 1);
});

it('gives the connection back when a stream is left early, and with more streams than connections', async () => {
  const first = async () => {
    for await (const row of fresh.db.read.selectFrom('audit').select('seq').orderBy('seq').stream())
      return row.seq;
  };
  expect(await Promise.all(Array.from({ length: 40 }, first))).toEqual(Array.from({ length: 40 }, () => 1));
});

it('passes on an error in the middle of a stream and goes on working', async () => {
  const rows = fresh.db.read
    .selectFrom('audit')
    .select(sql<number>`10 / (500 - seq)`.as('quotient'))
    .select((eb) =>
      eb.fn('abs', [sql`case when seq = 500 then -9223372036854775808 else seq end`]).as('size'),
    )
    .where('seq', '<=', 1000)
    .orderBy('seq')
    .stream();
  await expect(async () => {
    for await (const _ of rows);
  }).rejects.toThrow();
  expect(await fresh.db.read.selectFrom('audit').select('seq').where('seq', '=', 7).execute()).toEqual([
    { seq: 7 },
  ]);
});

it('shows every query of a snapshot the same instant', async () => {
  await fresh.db.snapshot(async (tx) => {
    await fresh.db.write((outer) =>
      outer.insertInto('setting').values({ name: 'later', value: '1' }).execute(),
    );
    const inside = await tx.selectFrom('setting').selectAll().execute();
    expect(inside).toEqual([]);
    expect(await fresh.db.read.selectFrom('setting').selectAll().execute()).toHaveLength(1);
    expect(await tx.selectFrom('setting').selectAll().execute()).toEqual(inside);
  });
});

it('lets readers go on while a write is under way', async () => {
  await fresh.db.write(async (tx) => {
    await tx.updateTable('study').set({ changed_at: '2026-02-01T00:00:00.000Z' }).execute();
    const rows = await Promise.all(
      Array.from({ length: 30 }, () =>
        fresh.db.read.selectFrom('study').select('changed_at').executeTakeFirstOrThrow(),
      ),
    );
    expect(new Set(rows.map((row) => row.changed_at))).toEqual(new Set(['2026-01-05T09:00:00.000Z']));
  });
});

it('cannot write', async () => {
  const insert = fresh.db.read.insertInto('setting').values({ name: 'r', value: '1' }).execute();
  await expect(insert).rejects.toThrow(/readonly|read-only/);
  const inSnapshot = fresh.db.snapshot((tx) =>
    tx.insertInto('setting').values({ name: 'r', value: '1' }).execute(),
  );
  await expect(inSnapshot).rejects.toThrow(/readonly|read-only/);
});

it('gives counts, sums and averages as numbers, and orders text by code point', async () => {
  const row = await fresh.db.read
    .selectFrom('audit')
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.sum<number>('seq').as('sum'),
      eb.fn.avg<number>('seq').as('mean'),
    ])
    .where('seq', '<=', ROWS)
    .executeTakeFirstOrThrow();
  // n (n + 1) / 2 and (n + 1) / 2
  expect(row).toEqual({ count: 100_000, sum: 5_000_050_000, mean: 50_000.5 });
  const names = ['Zoe', 'adam', 'Émile', 'a b', 'a-b', 'Adam'];
  await fresh.db.write((tx) => tx.deleteFrom('setting').execute());
  await fresh.db.write((tx) =>
    tx
      .insertInto('setting')
      .values(names.map((name) => ({ name, value: '1' })))
      .execute(),
  );
  const ordered = await fresh.db.read.selectFrom('setting').select('name').orderBy('name').execute();
  expect(ordered.map(({ name }) => name)).toEqual(['Adam', 'Zoe', 'a b', 'a-b', 'adam', 'Émile']);
});
