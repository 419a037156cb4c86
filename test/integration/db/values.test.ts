import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bindable } from '../../../server/db/sqlite/bindable.ts';
import { databaseKind, type FreshDatabase, freshDatabase } from '../../setup/database.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

async function echo(value: unknown, type: string): Promise<unknown> {
  const { rows } = await sql<{ value: unknown }>`select cast(${value} as ${sql.raw(type)}) as value`.execute(
    fresh.db.read,
  );
  return rows[0]?.value;
}

function comesBack<T>(values: fc.Arbitrary<T>, type: string): Promise<void> {
  const property = fc.asyncProperty(values, async (value) => {
    expect(await echo(value, type)).toEqual(value);
  });
  return fc.assert(property) as Promise<void>;
}

it('gives back any text as it was, in every script', () =>
  comesBack(
    fc.string({ unit: 'binary', maxLength: 200 }).map((value) => value.replaceAll('\0', '')),
    'text',
  ));

it('gives back any number as it was', async () => {
  // SQLite doesn't keep the sign of zero.
  const number = fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => (value === 0 ? 0 : value));
  await comesBack(number, 'double precision');
  await comesBack(fc.maxSafeInteger(), 'bigint');
});

it('refuses text with U+0000 on either database', async () => {
  await expect(echo('a\0b', 'text')).rejects.toThrow();
});

it.runIf(databaseKind === 'sqlite')('refuses what SQLite would store as something else', () => {
  for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY, 2n ** 53n, new Date(0), {}, ['x']]) {
    expect(() => bindable(value)).toThrow(TypeError);
  }
  expect([true, false, 5n, null, 'x', 1.5].map(bindable)).toEqual([1, 0, 5, null, 'x', 1.5]);
});
