import type { Insertable, Selectable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export type HarmReport = Selectable<Tables['harm_report']>;

/** Every report of the study's adverse events, in their order. */
export async function reportsOf(db: Connection, study: string): Promise<HarmReport[]> {
  return db
    .selectFrom('harm_report')
    .innerJoin('study_record', 'study_record.id', 'harm_report.record_id')
    .selectAll('harm_report')
    .where('study_record.study_id', '=', study)
    .orderBy('harm_report.record_id')
    .orderBy('harm_report.number')
    .execute();
}

export async function reportsOfHarm(db: Connection, record: string): Promise<HarmReport[]> {
  return db.selectFrom('harm_report').selectAll().where('record_id', '=', record).orderBy('number').execute();
}

export async function insertReport(db: Connection, row: Insertable<Tables['harm_report']>): Promise<void> {
  await db.insertInto('harm_report').values(row).execute();
}

/** Serious adverse events that nobody has reported yet. Content is canonical JSON, in which a quote of a text is escaped. */
export async function unreported(db: Connection, study: string) {
  return db
    .selectFrom('study_record')
    .innerJoin('participant', 'participant.id', 'study_record.participant_id')
    .leftJoin('harm_report', 'harm_report.record_id', 'study_record.id')
    .select(['study_record.id', 'study_record.site', 'study_record.content', 'participant.code'])
    .where('study_record.study_id', '=', study)
    .where('study_record.kind', '=', 'harm')
    .where('study_record.struck', '=', 0)
    .where('study_record.content', 'not like', '%"serious":[]%')
    .where('harm_report.record_id', 'is', null)
    .orderBy('study_record.created_at')
    .execute();
}
