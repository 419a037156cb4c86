import { sql } from 'kysely';
import type { Connection, Database } from '../db/database.ts';

type Sites = ReadonlySet<string> | null;

/** Participants after a code, in the order of their codes; with when they were randomised, never with the arm. */
export async function participantPage(
  db: Connection,
  study: string,
  sites: Sites,
  after: string,
  size: number,
) {
  let query = db
    .selectFrom('participant')
    .leftJoin('allocation', 'allocation.participant_id', 'participant.id')
    .select(['id', 'code', 'site', 'status', 'screened_on', 'screening', 'allocated_at'])
    .where('participant.study_id', '=', study)
    .where('code', '>', after);
  if (sites) query = query.where('site', 'in', [...sites]);
  return query.orderBy('code').limit(size).execute();
}
export type ExportedParticipant = Awaited<ReturnType<typeof participantPage>>[number];

/** Participant → arm. Only for callers who are not blinded. */
export async function armsOf(db: Connection, participants: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('allocation')
    .select(['participant_id', 'arm'])
    .where('participant_id', 'in', participants)
    .execute();
  return new Map(rows.map((row) => [row.participant_id, row.arm]));
}

/** Current versions of the participants' forms, with the protocol version that each was saved under. */
export async function formsWithProtocol(db: Connection, participants: readonly string[]) {
  return db
    .selectFrom('form')
    .leftJoin('form_version', (join) =>
      join.onRef('form_version.form_id', '=', 'form.id').onRef('form_version.version', '=', 'form.version'),
    )
    .select([
      'form.participant_id',
      'form.visit',
      'form.instrument',
      'form.status',
      'form.version',
      'form.assessed_on',
      'form.answers',
      'form_version.study_version',
    ])
    .where('form.participant_id', 'in', participants)
    .execute();
}

export async function countParticipants(db: Connection, study: string, sites: Sites): Promise<number> {
  let query = db.selectFrom('participant').where('study_id', '=', study);
  if (sites) query = query.where('site', 'in', [...sites]);
  const { total } = await query
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

export async function countForms(db: Connection, study: string, sites: Sites): Promise<number> {
  let query = db
    .selectFrom('form')
    .innerJoin('participant', 'participant.id', 'form.participant_id')
    .where('study_id', '=', study);
  if (sites) query = query.where('site', 'in', [...sites]);
  const { total } = await query
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Forms and their answers, by instrument. */
export async function countAnswers(
  database: Pick<Database, 'kind'>,
  db: Connection,
  study: string,
  sites: Sites,
) {
  const answers =
    database.kind === 'sqlite'
      ? sql<number>`sum((select count(*) from json_each(form.answers)))`
      : sql<number>`sum((select count(*) from json_object_keys(form.answers::json)))`;
  let query = db
    .selectFrom('form')
    .innerJoin('participant', 'participant.id', 'form.participant_id')
    .where('study_id', '=', study);
  if (sites) query = query.where('site', 'in', [...sites]);
  const rows = await query
    .select(['instrument', answers.as('answers')])
    .select((eb) => eb.fn.countAll<number>().as('forms'))
    .groupBy('instrument')
    .execute();
  return rows.map((row) => ({
    instrument: row.instrument,
    forms: Number(row.forms),
    answers: Number(row.answers),
  }));
}
