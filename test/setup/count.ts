import type { Tables } from '../../server/db/schema.ts';
import type { Services } from '../../server/services.ts';

const tables = [
  'participant',
  'eligibility',
  'consent',
  'allocation',
  'visit_booking',
  'form',
  'form_version',
  'safety_alert',
  'contact',
  'event',
  'query',
  'query_message',
  'audit',
  'idempotency',
] as const satisfies (keyof Tables)[];

export type Rows = Record<(typeof tables)[number], number>;

/** How many rows each table of study data has: what a refused step must leave as it was. */
export async function countRows(services: Pick<Services, 'db'>): Promise<Rows> {
  const counts = {} as Rows;
  for (const table of tables) {
    const { n } = await services.db.read
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    counts[table] = Number(n);
  }
  return counts;
}

/** By how much each table grew, without those that didn't. */
export function grown(before: Rows, after: Rows): Partial<Rows> {
  return Object.fromEntries(
    tables
      .filter((table) => after[table] !== before[table])
      .map((table) => [table, after[table] - before[table]]),
  );
}
