import type { Insertable, Selectable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export type QueryRecord = Selectable<Tables['query']> & { code: string; site: string };

const withParticipant = (db: Connection, study: string) =>
  db
    .selectFrom('query')
    .innerJoin('participant', 'participant.id', 'query.participant_id')
    .selectAll('query')
    .select(['participant.code', 'participant.site'])
    .where('query.study_id', '=', study);

export async function findQuery(db: Connection, study: string, id: string): Promise<QueryRecord | undefined> {
  return withParticipant(db, study).where('query.id', '=', id).executeTakeFirst();
}

export interface QueryFilter {
  sites: ReadonlySet<string> | null;
  status: 'open' | 'answered' | 'closed' | 'unresolved';
  participant?: string;
  page: number;
  size: number;
}

export async function listQueries(
  db: Connection,
  study: string,
  filter: QueryFilter,
): Promise<{ rows: QueryRecord[]; total: number }> {
  let query = withParticipant(db, study);
  if (filter.sites) query = query.where('participant.site', 'in', [...filter.sites]);
  query =
    filter.status === 'unresolved'
      ? query.where('query.status', '!=', 'closed')
      : query.where('query.status', '=', filter.status);
  if (filter.participant) query = query.where('participant.code', '=', filter.participant);
  const { total } = await query
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await query
    .orderBy('query.opened_at')
    .orderBy('query.number')
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
    .execute();
  return { rows, total: Number(total) };
}

/** Queries that aren't closed, by participant and place. */
export async function unresolvedQueries(db: Connection, study: string, participants?: readonly string[]) {
  let query = db
    .selectFrom('query')
    .select(['id', 'number', 'participant_id', 'visit', 'instrument', 'status', 'text', 'opened_at'])
    .where('study_id', '=', study)
    .where('status', '!=', 'closed');
  if (participants) {
    if (participants.length === 0) return [];
    query = query.where('participant_id', 'in', participants);
  }
  return query.orderBy('opened_at').execute();
}

export async function countQueries(
  db: Connection,
  study: string,
): Promise<{ unresolved: number; total: number }> {
  const rows = await db
    .selectFrom('query')
    .select(['status', (eb) => eb.fn.countAll<number>().as('n')])
    .where('study_id', '=', study)
    .groupBy('status')
    .execute();
  const total = rows.reduce((sum, row) => sum + Number(row.n), 0);
  const closed = rows.find((row) => row.status === 'closed');
  return { total, unresolved: total - Number(closed?.n ?? 0) };
}

export async function highestQueryNumber(db: Connection, study: string): Promise<number> {
  const { n } = await db
    .selectFrom('query')
    .select((eb) => eb.fn.max('number').as('n'))
    .where('study_id', '=', study)
    .executeTakeFirstOrThrow();
  return Number(n ?? 0);
}

export async function insertQuery(db: Connection, row: Insertable<Tables['query']>): Promise<void> {
  await db.insertInto('query').values(row).execute();
}

export async function insertMessage(db: Connection, row: Insertable<Tables['query_message']>): Promise<void> {
  await db.insertInto('query_message').values(row).execute();
}

export async function messagesOf(db: Connection, queries: readonly string[]) {
  if (queries.length === 0) return [];
  return db
    .selectFrom('query_message')
    .selectAll()
    .where('query_id', 'in', queries)
    .orderBy('sent_at')
    .execute();
}

export async function setQueryStatus(
  db: Connection,
  id: string,
  change: { status: 'open' | 'answered' | 'closed'; closed_at?: string; closed_by?: string },
): Promise<void> {
  await db.updateTable('query').set(change).where('id', '=', id).execute();
}
