import type { Insertable, Selectable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export type MarkRecord = Selectable<Tables['source_verification']>;

/** Marks in the order in which they were made. */
export async function marksOf(db: Connection, study: string, participant?: string): Promise<MarkRecord[]> {
  let query = db.selectFrom('source_verification').selectAll().where('study_id', '=', study);
  if (participant) query = query.where('participant_id', '=', participant);
  return query.orderBy('number').execute();
}

/** Appends marks under the study's next numbers. */
export async function insertMarks(
  db: Connection,
  study: string,
  rows: Omit<Insertable<Tables['source_verification']>, 'id' | 'study_id' | 'number'>[],
): Promise<void> {
  const { last } = await db
    .selectFrom('source_verification')
    .select((eb) => eb.fn.max('number').as('last'))
    .where('study_id', '=', study)
    .executeTakeFirstOrThrow();
  const from = Number(last ?? 0) + 1;
  await db
    .insertInto('source_verification')
    .values(
      rows.map((row, index) => ({
        ...row,
        id: crypto.randomUUID(),
        study_id: study,
        number: from + index,
      })),
    )
    .execute();
}

/** Every version of the forms that have a mark, from the first. */
export async function markedVersions(db: Connection, study: string, participant?: string) {
  let marked = db
    .selectFrom('source_verification')
    .select('form_id')
    .where('study_id', '=', study)
    .where('form_id', 'is not', null);
  if (participant) marked = marked.where('participant_id', '=', participant);
  return db
    .selectFrom('form_version')
    .select(['form_id', 'version', 'assessed_on', 'answers'])
    .where('form_id', 'in', marked as never)
    .orderBy('form_id')
    .orderBy('version')
    .execute();
}

/** When each consent of the study was recorded, by participant. */
export async function consentsOfStudy(db: Connection, study: string) {
  return db
    .selectFrom('consent')
    .innerJoin('participant', 'participant.id', 'consent.participant_id')
    .select(['consent.participant_id', 'consent.recorded_at'])
    .where('participant.study_id', '=', study)
    .execute();
}
