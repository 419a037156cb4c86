import type { Insertable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';
import { dataWithdrawn } from '../events/store.ts';

export async function participantsByCode(db: Connection, study: string, codes: readonly string[]) {
  if (codes.length === 0) return [];
  return db
    .selectFrom('participant')
    .leftJoin('allocation', 'allocation.participant_id', 'participant.id')
    .select(['id', 'code', 'site', 'status', 'screened_on', 'screening', 'allocated_at'])
    .select(dataWithdrawn())
    .where('participant.study_id', '=', study)
    .where('code', 'in', codes)
    .execute();
}
export type Known = Awaited<ReturnType<typeof participantsByCode>>[number];

/** Participant → arm. Only for callers who are not blinded. */
export async function knownArms(
  db: Connection,
  participants: readonly string[],
): Promise<Map<string, string>> {
  if (participants.length === 0) return new Map();
  const rows = await db
    .selectFrom('allocation')
    .select(['participant_id', 'arm'])
    .where('participant_id', 'in', participants)
    .execute();
  return new Map(rows.map((row) => [row.participant_id, row.arm]));
}

type Inserted = 'participant' | 'allocation' | 'form' | 'form_version' | 'query';

/** Rows of one statement; both databases take many thousands of values in one. */
const TOGETHER = 200;

export async function insertMany<Table extends Inserted>(
  db: Connection,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += TOGETHER)
    await db
      .insertInto(table)
      .values(rows.slice(start, start + TOGETHER) as never)
      .execute();
}
