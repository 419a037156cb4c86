import type { Insertable, Selectable, SqlBool } from 'kysely';
import type { Connection } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import type { Tables } from '../db/schema.ts';
import { dataWithdrawn } from '../events/store.ts';
import { anyHold } from '../locks/store.ts';
import type { ParticipantStatus } from './contract.ts';

export type ParticipantRecord = Selectable<Tables['participant']> & {
  /** False where nothing that could hold this participant is frozen or locked, so that nobody need look further. */
  held?: SqlBool;
  /** Whether consent for further use of data is withdrawn. */
  withdrew_data?: SqlBool;
};

export async function participantByCode(
  db: Connection,
  study: string,
  code: string,
): Promise<ParticipantRecord | undefined> {
  return db
    .selectFrom('participant')
    .selectAll()
    .select([anyHold(study), dataWithdrawn()])
    .where('study_id', '=', study)
    .where('code', '=', code)
    .executeTakeFirst();
}

const withPlacement = prepared((db, { study, code }: { study: string; code: string }) =>
  db
    .selectFrom('participant')
    .leftJoin('allocation', 'allocation.participant_id', 'participant.id')
    .selectAll('participant')
    .select('allocation.allocated_at')
    .select([anyHold(study), dataWithdrawn()])
    .where('participant.study_id', '=', study)
    .where('participant.code', '=', code),
);

/** The same with when the participant was randomised, never with the arm. */
export async function participantWithPlacement(
  db: Connection,
  study: string,
  code: string,
): Promise<(ParticipantRecord & { allocated_at: string | null }) | undefined> {
  return (await withPlacement(db, { study, code })).rows[0];
}

export async function insertParticipant(
  db: Connection,
  participant: Insertable<Tables['participant']>,
): Promise<void> {
  await db.insertInto('participant').values(participant).execute();
}

/** The highest number given at a site so far, 0 for none. */
export async function highestNumber(db: Connection, study: string, site: string): Promise<number> {
  const rows = await db
    .selectFrom('participant')
    .select('code')
    .where('study_id', '=', study)
    .where('site', '=', site)
    .orderBy((eb) => eb.fn<number>('length', ['code']), 'desc')
    .orderBy('code', 'desc')
    .limit(1)
    .execute();
  return rows[0] ? Number(rows[0].code.slice(rows[0].code.lastIndexOf('-') + 1)) : 0;
}

const moved = prepared(
  (db, given: { id: string; last: number; version: number; status: ParticipantStatus }) =>
    db
      .updateTable('participant')
      .set({ status: given.status, version: given.version })
      .where('id', '=', given.id)
      .where('version', '=', given.last),
);

/** Moves the participant on if it is still at `version`; false when someone else was faster. */
export async function advance(
  db: Connection,
  id: string,
  version: number,
  change: { status: ParticipantStatus; exclusion_reason?: string | null },
): Promise<boolean> {
  if (change.exclusion_reason === undefined) {
    const { numAffectedRows = 0n } = await moved(db, {
      id,
      last: version,
      version: version + 1,
      status: change.status,
    });
    return numAffectedRows > 0n;
  }
  const result = await db
    .updateTable('participant')
    .set({ ...change, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Replaces the screening answers if the participant is still at `version`. */
export async function changeScreening(
  db: Connection,
  id: string,
  version: number,
  screening: string,
): Promise<boolean> {
  const result = await db
    .updateTable('participant')
    .set({ screening, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export interface ListFilter {
  sites: ReadonlySet<string> | null;
  site?: string;
  status?: ParticipantStatus;
  find?: string;
  page: number;
  size: number;
}

export async function listParticipants(
  db: Connection,
  study: string,
  filter: ListFilter,
): Promise<{ rows: ParticipantRecord[]; total: number }> {
  let query = db.selectFrom('participant').where('study_id', '=', study);
  if (filter.sites) query = query.where('site', 'in', [...filter.sites]);
  if (filter.site) query = query.where('site', '=', filter.site);
  if (filter.status) query = query.where('status', '=', filter.status);
  const part = filter.find?.trim().toUpperCase();
  // No ID holds anything else, and a pattern wouldn't mean itself.
  if (part && /[^A-Z0-9-]/.test(part)) return { rows: [], total: 0 };
  if (part) query = query.where('code', 'like', `%${part}%`);
  const { total } = await query
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await query
    .selectAll()
    .orderBy('screened_on', 'desc')
    .orderBy('code', 'desc')
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
    .execute();
  return { rows, total: Number(total) };
}

/** These participants. */
export const participantsOf = async (db: Connection, ids: readonly string[]): Promise<ParticipantRecord[]> =>
  ids.length === 0 ? [] : db.selectFrom('participant').selectAll().where('id', 'in', ids).execute();

/** Every participant of the study at the sites, in the order of their codes. */
export async function allParticipants(
  db: Connection,
  study: string,
  sites: ReadonlySet<string> | null,
): Promise<ParticipantRecord[]> {
  let query = db.selectFrom('participant').selectAll().where('study_id', '=', study);
  if (sites) query = query.where('site', 'in', [...sites]);
  return query.orderBy('code').execute();
}

export async function readEligibility(db: Connection, participant: string) {
  return db
    .selectFrom('eligibility')
    .selectAll()
    .where('participant_id', '=', participant)
    .executeTakeFirst();
}

export async function writeEligibility(
  db: Connection,
  row: Insertable<Tables['eligibility']>,
): Promise<void> {
  const { participant_id: _, ...values } = row;
  await db
    .insertInto('eligibility')
    .values(row)
    .onConflict((clash) => clash.column('participant_id').doUpdateSet(values))
    .execute();
}

export async function insertContact(db: Connection, contact: Insertable<Tables['contact']>): Promise<void> {
  await db.insertInto('contact').values(contact).execute();
}

export async function contactsOf(db: Connection, participants: readonly string[]) {
  if (participants.length === 0) return [];
  return db
    .selectFrom('contact')
    .selectAll()
    .where('participant_id', 'in', participants)
    .orderBy('on_day', 'desc')
    .orderBy('logged_at', 'desc')
    .execute();
}

export async function insertEvent(db: Connection, event: Insertable<Tables['event']>): Promise<void> {
  await db.insertInto('event').values(event).execute();
}

/** Events that count; those that were struck through stay in `everyEventOf`. */
export async function eventsOf(db: Connection, participants: readonly string[]) {
  if (participants.length === 0) return [];
  return db
    .selectFrom('event')
    .selectAll()
    .where('participant_id', 'in', participants)
    .where('struck', '=', 0)
    .orderBy('on_day', 'desc')
    .orderBy('recorded_at', 'desc')
    .execute();
}

/** One participant's events, struck ones too. */
export async function everyEventOf(db: Connection, participant: string) {
  return db
    .selectFrom('event')
    .selectAll()
    .where('participant_id', '=', participant)
    .orderBy('on_day', 'desc')
    .orderBy('recorded_at', 'desc')
    .execute();
}

export async function eventsOfStudy(db: Connection, study: string) {
  return db
    .selectFrom('event')
    .innerJoin('participant', 'participant.id', 'event.participant_id')
    .selectAll('event')
    .where('participant.study_id', '=', study)
    .where('event.struck', '=', 0)
    .orderBy('event.on_day')
    .orderBy('event.recorded_at')
    .execute();
}
