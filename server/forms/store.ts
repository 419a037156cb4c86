import type { Insertable, Selectable } from 'kysely';
import type { Connection } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import type { Tables } from '../db/schema.ts';

export type FormRecord = Selectable<Tables['form']>;

export async function findForm(
  db: Connection,
  participant: string,
  visit: string,
  instrument: string,
): Promise<FormRecord | undefined> {
  return db
    .selectFrom('form')
    .selectAll()
    .where('participant_id', '=', participant)
    .where('visit', '=', visit)
    .where('instrument', '=', instrument)
    .executeTakeFirst();
}

const formsOfOne = prepared((db, { participant }: { participant: string }) =>
  db.selectFrom('form').selectAll().where('participant_id', '=', participant),
);

export async function formsOf(db: Connection, participants: readonly string[]): Promise<FormRecord[]> {
  const [participant] = participants;
  if (participant === undefined) return [];
  if (participants.length === 1) return (await formsOfOne(db, { participant })).rows;
  return db.selectFrom('form').selectAll().where('participant_id', 'in', participants).execute();
}

/** A form without its answers, which are most of it. */
export type FormState = Pick<FormRecord, (typeof stateColumns)[number]>;
const stateColumns = [
  'id',
  'participant_id',
  'visit',
  'instrument',
  'status',
  'version',
  'study_version',
  'assessed_on',
  'late_reason',
  'saved_at',
  'saved_by',
] as const;

export async function formStatesOf(db: Connection, participants: readonly string[]): Promise<FormState[]> {
  if (participants.length === 0) return [];
  return db.selectFrom('form').select(stateColumns).where('participant_id', 'in', participants).execute();
}

export async function formStatesOfStudy(db: Connection, study: string): Promise<FormState[]> {
  return db
    .selectFrom('form')
    .innerJoin('participant', 'participant.id', 'form.participant_id')
    .select(stateColumns.map((column) => `form.${column}` as const))
    .where('participant.study_id', '=', study)
    .execute();
}

export async function insertForm(db: Connection, form: Insertable<Tables['form']>): Promise<void> {
  await db.insertInto('form').values(form).execute();
}

type Change = Pick<
  FormRecord,
  'status' | 'assessed_on' | 'late_reason' | 'answers' | 'reasons' | 'saved_at' | 'saved_by'
>;

const formUpdated = prepared((db, row: Change & { id: string; last: number; version: number }) =>
  db
    .updateTable('form')
    .set({
      status: row.status,
      assessed_on: row.assessed_on,
      late_reason: row.late_reason,
      answers: row.answers,
      reasons: row.reasons,
      saved_at: row.saved_at,
      saved_by: row.saved_by,
      version: row.version,
    })
    .where('id', '=', row.id)
    .where('version', '=', row.last),
);

/** Moves the form to its next version if it is still at `version`; false when someone else was faster. */
export async function updateForm(
  db: Connection,
  id: string,
  version: number,
  change: Change,
): Promise<boolean> {
  const result = await formUpdated(db, { ...change, id, last: version, version: version + 1 });
  return (result.numAffectedRows ?? 0n) > 0n;
}

type VersionRow = Selectable<Tables['form_version']>;

const versionInserted = prepared((db, row: VersionRow) =>
  db.insertInto('form_version').values({
    form_id: row.form_id,
    version: row.version,
    status: row.status,
    assessed_on: row.assessed_on,
    late_reason: row.late_reason,
    answers: row.answers,
    reasons: row.reasons,
    saved_at: row.saved_at,
    saved_by: row.saved_by,
    reason: row.reason,
    study_version: row.study_version,
  }),
);

export async function insertVersion(db: Connection, version: VersionRow): Promise<void> {
  await versionInserted(db, version);
}

export async function versionsOf(db: Connection, form: string) {
  return db.selectFrom('form_version').selectAll().where('form_id', '=', form).orderBy('version').execute();
}

export async function insertFile(db: Connection, file: Insertable<Tables['form_file']>): Promise<void> {
  await db.insertInto('form_file').values(file).execute();
}

/** Files of a participant by their identifiers, without what is in them. */
export async function filesNamed(db: Connection, participant: string, files: readonly string[]) {
  return db
    .selectFrom('form_file')
    .select(['id', 'visit', 'instrument', 'item', 'name', 'type', 'size', 'sha256'])
    .where('participant_id', '=', participant)
    .where('id', 'in', files)
    .execute();
}

export async function fileWithContent(
  db: Connection,
  participant: string,
  at: { visit: string; instrument: string; file: string },
) {
  return db
    .selectFrom('form_file')
    .select(['name', 'type', 'content'])
    .where('participant_id', '=', participant)
    .where('visit', '=', at.visit)
    .where('instrument', '=', at.instrument)
    .where('id', '=', at.file)
    .executeTakeFirst();
}
