import type { Insertable, Selectable } from 'kysely';
import type { Connection } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
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

const openPlacesOfOne = prepared((db, { participant, user }: { participant: string; user: string }) =>
  db
    .selectFrom('second_entry')
    .select(['participant_id', 'visit', 'instrument'])
    .where('participant_id', '=', participant)
    .where('status', '=', 'started')
    .where('saved_by', '=', user),
);

/** Places whose second entry the person has open. */
export async function openPlacesOf(db: Connection, participants: readonly string[], user: string) {
  const [participant] = participants;
  if (participant === undefined) return [];
  if (participants.length === 1) return (await openPlacesOfOne(db, { participant, user })).rows;
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
