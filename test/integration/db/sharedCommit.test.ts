import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Transaction } from '../../../server/db/database.ts';
import { SharedCommit } from '../../../server/db/sqlite/sharedCommit.ts';
import { databaseKind, type FreshDatabase, freshDatabase } from '../../setup/database.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

const add = (name: string) => async (tx: Transaction) => {
  await tx.insertInto('setting').values({ name, value: '1' }).execute();
  return name;
};
const names = async (beginning: string): Promise<string[]> => {
  const rows = await fresh.db.read
    .selectFrom('setting')
    .select('name')
    .where('name', 'like', `${beginning}%`)
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name);
};

it('keeps each short write or nothing of it, whichever of them fail beside each other', async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }), async (fates) => {
      const beginning = `short-${++round}-`;
      const writes = fates.map((fails, index) =>
        fresh.db.write(
          async (tx) => {
            const name = await add(`${beginning}${String(index).padStart(2, '0')}`)(tx);
            if (fails) throw new Error(`${name} fails`);
            return name;
          },
          { short: true },
        ),
      );
      const settled = await Promise.allSettled(writes);
      expect(settled.map(({ status }) => status === 'rejected')).toEqual(fates);
      const kept = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      expect(await names(beginning)).toEqual(kept);
    }),
    { numRuns: 15 },
  );
});

it('refuses a write inside a short one, also after others', async () => {
  const inside = () =>
    fresh.db.write(async () => fresh.db.write(add('inside'), { short: true }), { short: true });
  const all = await Promise.allSettled([
    fresh.db.write(add('before'), { short: true }),
    inside(),
    fresh.db.write(add('behind'), { short: true }),
  ]);
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await names('inside')).toEqual([]);
});

describe.runIf(databaseKind === 'sqlite')('the transactions of short writes', () => {
  let commits = 0;
  let fault: Error | undefined;
  const shared = () =>
    new SharedCommit(async (work) => {
      await fresh.db.write(async (tx) => {
        await work(tx);
        if (fault) throw fault;
      });
      commits += 1;
    });

  it('are fewer than the writes that wait together', async () => {
    const { write } = bound(shared());
    commits = 0;
    await Promise.all(Array.from({ length: 30 }, (_, index) => write(add(`few-${index}`))));
    expect(await names('few-')).toHaveLength(30);
    expect(commits).toBeLessThan(30);
  });

  it('tell everyone when the commit itself fails, and keep nothing', async () => {
    const { write } = bound(shared());
    fault = new Error('database or disk is full');
    const all = await Promise.allSettled(
      Array.from({ length: 5 }, (_, index) => write(add(`full-${index}`))),
    );
    fault = undefined;
    expect(all.every((one) => one.status === 'rejected' && one.reason.message.includes('full'))).toBe(true);
    expect(await names('full-')).toEqual([]);
    await write(add('full-after'));
    expect(await names('full-')).toEqual(['full-after']);
  });

  it('show a later write what an earlier one of the same transaction did', async () => {
    const { write } = bound(shared());
    const count = () =>
      write(async (tx) => {
        const { value } = (await tx
          .selectFrom('setting')
          .select('value')
          .where('name', '=', 'count')
          .executeTakeFirst()) ?? { value: '0' };
        const next = String(Number(value) + 1);
        await tx
          .insertInto('setting')
          .values({ name: 'count', value: next })
          .onConflict((on) => on.column('name').doUpdateSet({ value: next }))
          .execute();
        return next;
      });
    const counted = await Promise.all(Array.from({ length: 12 }, count));
    expect(counted).toEqual(Array.from({ length: 12 }, (_, index) => String(index + 1)));
  });
});

const bound = (shared: SharedCommit) => ({ write: shared.write.bind(shared) as SharedCommit['write'] });
