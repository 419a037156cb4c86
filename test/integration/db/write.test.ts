import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  isBusy,
  isUniqueViolation,
  openDatabase,
  savepoint,
  transactionLock,
} from '../../../server/db/database.ts';
import { databaseKind, type FreshDatabase, freshDatabase } from '../../setup/database.ts';
import { addParticipant, addStudy } from '../../setup/rows.ts';

let fresh: FreshDatabase;
let study: string;
beforeAll(async () => {
  fresh = await freshDatabase();
  study = await addStudy(fresh.db);
});
afterAll(() => fresh.close());

async function setting(name: string): Promise<string | undefined> {
  const row = await fresh.db.read
    .selectFrom('setting')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.value;
}

it('keeps nothing of a write that throws', async () => {
  const fault = new Error('changed my mind');
  const write = fresh.db.write(async (tx) => {
    await tx.insertInto('setting').values({ name: 'thrown', value: '1' }).execute();
    throw fault;
  });
  await expect(write).rejects.toBe(fault);
  expect(await setting('thrown')).toBeUndefined();
});

it('is visible to readers only when the write has ended', async () => {
  await fresh.db.write(async (tx) => {
    await tx.insertInto('setting').values({ name: 'pending', value: '1' }).execute();
    expect(await setting('pending')).toBeUndefined();
  });
  expect(await setting('pending')).toBe('1');
});

it('undoes to a savepoint and goes on, nested too', async () => {
  await fresh.db.write(async (tx) => {
    await tx.insertInto('setting').values({ name: 'outer', value: '1' }).execute();
    const inner = savepoint(tx, async (within) => {
      await within.insertInto('setting').values({ name: 'inner', value: '1' }).execute();
      await savepoint(within, (deeper) =>
        deeper.insertInto('setting').values({ name: 'deeper', value: '1' }).execute(),
      );
      await within.insertInto('setting').values({ name: 'outer', value: '2' }).execute();
    });
    await expect(inner).rejects.toSatisfy(isUniqueViolation);
    await savepoint(tx, (within) =>
      within.insertInto('setting').values({ name: 'after', value: '1' }).execute(),
    );
  });
  expect([
    await setting('outer'),
    await setting('inner'),
    await setting('deeper'),
    await setting('after'),
  ]).toEqual(['1', undefined, undefined, '1']);
});

it('does 200 writes asked for at once one after the other, from two openings of the database', async () => {
  const other = await openDatabase(fresh.url);
  await fresh.db.write((tx) => tx.insertInto('setting').values({ name: 'counter', value: '0' }).execute());
  try {
    const seen = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        (index % 2 ? other : fresh.db).write(async (tx) => {
          await transactionLock(tx, 'counter');
          const { value } = await tx
            .selectFrom('setting')
            .select('value')
            .where('name', '=', 'counter')
            .executeTakeFirstOrThrow();
          const next = String(Number(value) + 1);
          await tx.updateTable('setting').set({ value: next }).where('name', '=', 'counter').execute();
          return next;
        }),
      ),
    );
    expect(new Set(seen).size).toBe(200);
    expect(await setting('counter')).toBe('200');
  } finally {
    await other.close();
  }
});

it('tells a row that is there already from other errors', async () => {
  await fresh.db.write((tx) => addParticipant(tx, study, 'LOH-0001'));
  const again = fresh.db.write((tx) => addParticipant(tx, study, 'LOH-0001'));
  await expect(again).rejects.toSatisfy(isUniqueViolation);
  const nowhere = fresh.db.write((tx) => addParticipant(tx, 'no-such-study', 'LOH-0002'));
  await expect(nowhere).rejects.toSatisfy(
    (error) => error instanceof Error && !isUniqueViolation(error) && !isBusy(error),
  );
  await expect(nowhere).rejects.toThrow(/foreign key/i);
});

it('refuses to delete what others refer to', async () => {
  await fresh.db.write((tx) => addParticipant(tx, study, 'LOH-0003'));
  await expect(fresh.db.write((tx) => tx.deleteFrom('study').execute())).rejects.toThrow(/foreign key/i);
});

it('lets a role be granted once at a time, and again after it was revoked', async () => {
  const { db } = fresh;
  const at = '2026-01-05T09:00:00.000Z';
  const flag = db.kind === 'sqlite' ? 1 : true;
  await db.writer
    .insertInto('user')
    .values({
      id: 'u',
      name: 'U',
      email: 'u@example.org',
      emailVerified: flag,
      image: null,
      createdAt: at,
      updatedAt: at,
    })
    .execute();
  const grant = (id: string) =>
    db.write((tx) =>
      tx
        .insertInto('membership')
        .values({
          id,
          user_id: 'u',
          study_id: study,
          role: 'monitor',
          site: null,
          granted_at: at,
          granted_by: null,
          revoked_at: null,
          revoked_by: null,
        })
        .execute(),
    );
  await grant('m1');
  await expect(grant('m2')).rejects.toSatisfy(isUniqueViolation);
  await db.write((tx) => tx.updateTable('membership').set({ revoked_at: at, revoked_by: 'u' }).execute());
  await grant('m3');
});

it('refuses a write inside a write instead of waiting for ever', async () => {
  const nested = fresh.db.write(() => fresh.db.write(async () => 'never'));
  await expect(nested).rejects.toThrow('write inside a write');
  expect(await fresh.db.write(async () => 'and goes on')).toBe('and goes on');
});

it('counts the rows that a write touched', async () => {
  const done = await fresh.db.write(async (tx) => {
    const added = await tx
      .insertInto('setting')
      .values([
        { name: 'x1', value: '1' },
        { name: 'x2', value: '1' },
      ])
      .executeTakeFirst();
    const updated = await tx
      .updateTable('setting')
      .set({ value: '2' })
      .where('name', 'like', 'x%')
      .executeTakeFirst();
    const returned = await tx.deleteFrom('setting').where('name', '=', 'x1').returning('value').execute();
    const deleted = await tx.deleteFrom('setting').where('name', 'like', 'x%').executeTakeFirst();
    return [added.numInsertedOrUpdatedRows, updated.numUpdatedRows, returned, deleted.numDeletedRows];
  });
  expect(done).toEqual([2n, 2n, [{ value: '2' }], 1n]);
});

it('lets queries of one transaction be asked for at once', async () => {
  const values = await fresh.db.write((tx) =>
    Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        sql<{ n: number }>`select ${sql.lit(index)} as n`.execute(tx),
      ),
    ),
  );
  expect(values.map(({ rows }) => rows[0]?.n)).toEqual(Array.from({ length: 300 }, (_, index) => index));
});

it.runIf(databaseKind === 'postgres')(
  'runs the work again when another program changed what it read',
  async () => {
    const { db } = fresh;
    await db.write((tx) => tx.insertInto('setting').values({ name: 'contested', value: '0' }).execute());
    let runs = 0;
    await db.write(async (tx) => {
      runs++;
      const row = tx.selectFrom('setting').select('value').where('name', '=', 'contested');
      const { value } = await row.executeTakeFirstOrThrow();
      if (runs === 1)
        await db.writer.updateTable('setting').set({ value: '10' }).where('name', '=', 'contested').execute();
      await tx
        .updateTable('setting')
        .set({ value: String(Number(value) + 1) })
        .where('name', '=', 'contested')
        .execute();
    });
    expect(runs).toBe(2);
    expect(await setting('contested')).toBe('11');
  },
);

it.runIf(databaseKind === 'postgres')('survives a connection that the server ends', async () => {
  const { db } = fresh;
  const broken = db.write(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(db.writer);
    await tx.insertInto('setting').values({ name: 'lost', value: '1' }).execute();
  });
  await expect(broken).rejects.toThrow();
  await db.write((tx) => tx.insertInto('setting').values({ name: 'found', value: '1' }).execute());
  expect([await setting('lost'), await setting('found')]).toEqual([undefined, '1']);
});
