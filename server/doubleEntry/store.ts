import type { Insertable, Selectable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export type EntryRecord = Selectable<Tables['second_entry']>;
export type DecisionRecord = Selectable<Tables['second_entry_decision']>;

export async function findEntry(
  db: Connection,
  participant: string,
  visit: string,
  instrument: string,
): Promise<EntryRecord | undefined> {
  return db
    .selectFrom('second_entry')
    .selectAll()
    .where('participant_id', '=', participant)
    .where('visit', '=', visit)
    .where('instrument', '=', instrument)
    .executeTakeFirst();
}

/** Complete forms of the study, without their answers, in the order in which they were saved. */
export async function completeForms(
  db: Connection,
  study: string,
  of: { instruments?: readonly string[]; visits?: readonly string[]; sites: ReadonlySet<string> | null },
) {
  let query = db
    .selectFrom('form')
    .innerJoin('participant', 'participant.id', 'form.participant_id')
    .select([
      'form.id',
      'form.participant_id',
      'form.visit',
      'form.instrument',
      'form.saved_at',
      'participant.code',
      'participant.site',
    ])
    .where('participant.study_id', '=', study)
    .where('form.status', '=', 'complete');
  if (of.instruments) query = query.where('form.instrument', 'in', of.instruments);
  if (of.visits) query = query.where('form.visit', 'in', of.visits);
  if (of.sites) query = query.where('participant.site', 'in', [...of.sites]);
  return query.orderBy('form.saved_at').orderBy('form.id').execute();
}

/** Second entries of the study, without their answers. */
export async function entriesOfStudy(db: Connection, study: string) {
  return db
    .selectFrom('second_entry')
    .innerJoin('participant', 'participant.id', 'second_entry.participant_id')
    .select([
      'second_entry.id',
      'second_entry.participant_id',
      'second_entry.visit',
      'second_entry.instrument',
      'second_entry.status',
      'second_entry.settled_at',
      'second_entry.saved_at',
      'second_entry.saved_by',
    ])
    .where('participant.study_id', '=', study)
    .execute();
}

/** How many decisions each second entry of the study has. */
export async function decisionCounts(db: Connection, study: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('second_entry_decision')
    .innerJoin('second_entry', 'second_entry.id', 'second_entry_decision.entry_id')
    .innerJoin('participant', 'participant.id', 'second_entry.participant_id')
    .select(['second_entry.id', (eb) => eb.fn.countAll<number>().as('n')])
    .where('participant.study_id', '=', study)
    .groupBy('second_entry.id')
    .execute();
  return new Map(rows.map(({ id, n }) => [id, Number(n)]));
}

/** Everyone who saved the form, each once. */
export async function saversOf(db: Connection, form: string): Promise<string[]> {
  const rows = await db
    .selectFrom('form_version')
    .select('saved_by')
    .distinct()
    .where('form_id', '=', form)
    .execute();
  return rows.map((row) => row.saved_by);
}

/** Everyone who saved the second entry, each once. */
export async function entrySaversOf(db: Connection, entry: string): Promise<string[]> {
  const rows = await db
    .selectFrom('second_entry_version')
    .select('saved_by')
    .distinct()
    .where('entry_id', '=', entry)
    .execute();
  return rows.map((row) => row.saved_by);
}

/** Forms, and second entries, that a person ever saved in the study. */
export async function savedBy(db: Connection, study: string, user: string): Promise<Set<string>> {
  const forms = await db
    .selectFrom('form_version')
    .innerJoin('form', 'form.id', 'form_version.form_id')
    .innerJoin('participant', 'participant.id', 'form.participant_id')
    .select('form.id')
    .distinct()
    .where('participant.study_id', '=', study)
    .where('form_version.saved_by', '=', user)
    .execute();
  const entries = await db
    .selectFrom('second_entry_version')
    .select('entry_id')
    .distinct()
    .where('saved_by', '=', user)
    .execute();
  return new Set([...forms.map(({ id }) => id), ...entries.map(({ entry_id }) => entry_id)]);
}

/** Places whose second entry the person has open. */
export async function openPlacesOf(db: Connection, participants: readonly string[], user: string) {
  if (participants.length === 0) return [];
  return db
    .selectFrom('second_entry')
    .select(['participant_id', 'visit', 'instrument'])
    .where('participant_id', 'in', participants)
    .where('status', '=', 'started')
    .where('saved_by', '=', user)
    .execute();
}

/** States of the second entries of some participants. */
export async function entriesOf(db: Connection, participants: readonly string[]) {
  if (participants.length === 0) return [];
  return db
    .selectFrom('second_entry')
    .leftJoin('second_entry_decision', 'second_entry_decision.entry_id', 'second_entry.id')
    .select([
      'second_entry.participant_id',
      'second_entry.visit',
      'second_entry.instrument',
      'second_entry.status',
      'second_entry.settled_at',
      (eb) => eb.fn.count<number>('second_entry_decision.field').as('decisions'),
    ])
    .where('second_entry.participant_id', 'in', participants)
    .groupBy([
      'second_entry.id',
      'second_entry.participant_id',
      'second_entry.visit',
      'second_entry.instrument',
      'second_entry.status',
      'second_entry.settled_at',
    ])
    .execute();
}

export async function insertEntry(db: Connection, row: Insertable<Tables['second_entry']>): Promise<void> {
  await db.insertInto('second_entry').values(row).execute();
}

type Change = Partial<Omit<EntryRecord, 'id' | 'participant_id' | 'visit' | 'instrument'>>;

/** Changes the entry if it is still at `version`; false when someone else was faster. */
export async function updateEntry(
  db: Connection,
  id: string,
  version: number,
  change: Change,
): Promise<boolean> {
  const result = await db
    .updateTable('second_entry')
    .set(change)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('settled_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function insertEntryVersion(
  db: Connection,
  row: Insertable<Tables['second_entry_version']>,
): Promise<void> {
  await db.insertInto('second_entry_version').values(row).execute();
}

export async function decisionsOf(db: Connection, entries: readonly string[]): Promise<DecisionRecord[]> {
  if (entries.length === 0) return [];
  return db
    .selectFrom('second_entry_decision')
    .selectAll()
    .where('entry_id', 'in', entries)
    .orderBy('decided_at')
    .execute();
}

export async function insertDecisions(
  db: Connection,
  rows: Insertable<Tables['second_entry_decision']>[],
): Promise<void> {
  if (rows.length > 0) await db.insertInto('second_entry_decision').values(rows).execute();
}
