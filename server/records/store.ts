import type { Insertable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export type RecordKindName = 'harm' | 'deviation' | 'medication' | 'session' | 'fidelity';

export interface RecordFilter {
  sites: ReadonlySet<string> | null;
  /** Identifier of a participant. */
  participant?: string;
  site?: string;
  sheet?: string;
}

/** Records of a kind, struck ones too, from the oldest on; with the code of their participant. */
export async function recordsOf(
  db: Connection,
  study: string,
  kind: RecordKindName,
  { sites, participant, site, sheet }: RecordFilter,
) {
  let query = db
    .selectFrom('study_record')
    .leftJoin('participant', 'participant.id', 'study_record.participant_id')
    .selectAll('study_record')
    .select('participant.code')
    .where('study_record.study_id', '=', study)
    .where('study_record.kind', '=', kind);
  if (sites) query = query.where('study_record.site', 'in', [...sites]);
  if (site !== undefined) query = query.where('study_record.site', '=', site);
  if (participant !== undefined) query = query.where('study_record.participant_id', '=', participant);
  if (sheet !== undefined) query = query.where('study_record.sheet', '=', sheet);
  return query
    .orderBy('study_record.created_at')
    .orderBy('participant.code')
    .orderBy('study_record.id')
    .execute();
}
export type StudyRecord = Awaited<ReturnType<typeof recordsOf>>[number];

export async function findRecord(db: Connection, study: string, kind: RecordKindName, id: string) {
  return db
    .selectFrom('study_record')
    .leftJoin('participant', 'participant.id', 'study_record.participant_id')
    .selectAll('study_record')
    .select(['participant.code', 'participant.status'])
    .where('study_record.study_id', '=', study)
    .where('study_record.kind', '=', kind)
    .where('study_record.id', '=', id)
    .executeTakeFirst();
}

export async function insertRecord(db: Connection, row: Insertable<Tables['study_record']>): Promise<void> {
  await db.insertInto('study_record').values(row).execute();
}

export async function insertRecordVersion(
  db: Connection,
  row: Insertable<Tables['record_version']>,
): Promise<void> {
  await db.insertInto('record_version').values(row).execute();
}

/** Moves the record on if it is still at `version`; false when someone else was faster. */
export async function changeRecord(
  db: Connection,
  id: string,
  version: number,
  change: { content: string; struck: 0 | 1; saved_at: string; saved_by: string },
): Promise<boolean> {
  const result = await db
    .updateTable('study_record')
    .set({ ...change, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function versionsOf(db: Connection, record: string) {
  return db
    .selectFrom('record_version')
    .selectAll()
    .where('record_id', '=', record)
    .orderBy('version', 'desc')
    .execute();
}

/** How many there are that count. */
export async function countRecords(
  db: Connection,
  study: string,
  kind: RecordKindName,
  sites: ReadonlySet<string> | null,
): Promise<number> {
  let query = db
    .selectFrom('study_record')
    .where('study_id', '=', study)
    .where('kind', '=', kind)
    .where('struck', '=', 0);
  if (sites) query = query.where('site', 'in', [...sites]);
  const { n } = await query.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  return Number(n);
}
