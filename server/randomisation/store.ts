import { type Insertable, type Selectable, sql } from 'kysely';
import type { Connection } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import type { Tables } from '../db/schema.ts';
import { anyHold } from '../locks/store.ts';

/** What anyone may know of an allocation: that it happened. There is no arm in this type. */
export type Placement = Pick<
  Selectable<Tables['allocation']>,
  'number' | 'participant_id' | 'allocated_at' | 'allocated_by' | 'study_version' | 'source'
>;
const placementColumns = [
  'number',
  'participant_id',
  'allocated_at',
  'allocated_by',
  'study_version',
  'source',
] as const;

export type AllocationRecord = Selectable<Tables['allocation']>;
/** With the allocation that it corrects. */
export type CorrectionRecord = Selectable<Tables['allocation_correction']> &
  Pick<AllocationRecord, 'arm'> & { allocated_epoch: number; allocated_entry: string };
export async function placementsOf(db: Connection, participants: readonly string[]): Promise<Placement[]> {
  if (participants.length === 0) return [];
  return db
    .selectFrom('allocation')
    .select(placementColumns)
    .where('participant_id', 'in', participants)
    .execute();
}

export async function placementsOfStudy(db: Connection, study: string): Promise<Placement[]> {
  return db
    .selectFrom('allocation')
    .select(placementColumns)
    .where('study_id', '=', study)
    .orderBy('number')
    .execute();
}

/** When and at which site people were allocated, after a number; allocations only ever are added. */
export async function allocatedAfter(db: Connection, study: string, number: number) {
  return db
    .selectFrom('allocation')
    .innerJoin('participant', 'participant.id', 'allocation.participant_id')
    .select(['allocation.number', 'allocation.allocated_at', 'participant.site'])
    .where('allocation.study_id', '=', study)
    .where('allocation.number', '>', number)
    .orderBy('allocation.number')
    .execute();
}

/** With the arm: only for use cases that have made sure the caller is not blinded, and for the engine itself. */
export async function allocationOf(
  db: Connection,
  participant: string,
): Promise<AllocationRecord | undefined> {
  return db.selectFrom('allocation').selectAll().where('participant_id', '=', participant).executeTakeFirst();
}

/** The same by participant ID, with the participant's site and the name of who allocated. */
export async function allocationByCode(db: Connection, study: string, code: string) {
  return db
    .selectFrom('participant')
    .innerJoin('allocation', 'allocation.participant_id', 'participant.id')
    .leftJoin('user', 'user.id', 'allocation.allocated_by')
    .selectAll('allocation')
    .select(['participant.site', 'user.name as user_name'])
    .where('participant.study_id', '=', study)
    .where('participant.code', '=', code)
    .executeTakeFirst();
}

/** In order, from number `from` on. */
export async function allocationsOfStudy(
  db: Connection,
  study: string,
  from = 1,
): Promise<AllocationRecord[]> {
  return db
    .selectFrom('allocation')
    .selectAll()
    .where('study_id', '=', study)
    .where('number', '>=', from)
    .orderBy('number')
    .execute();
}

export type EnrolmentRecord = NonNullable<Awaited<ReturnType<typeof enrolmentOf>>>;

const enrolment = prepared((db, { study, code }: { study: string; code: string }) =>
  db
    .selectFrom('participant')
    .leftJoin('eligibility', 'eligibility.participant_id', 'participant.id')
    .leftJoin('consent', 'consent.participant_id', 'participant.id')
    .leftJoin('allocation', 'allocation.participant_id', 'participant.id')
    .selectAll('participant')
    .select(['eligibility.answers', 'eligibility.eligible', 'consent.consent_version', 'consent.signed_on'])
    .select('allocation.number as allocation')
    .select((eb) =>
      eb
        .selectFrom('form')
        .select(sql<string | null>`string_agg(visit || '/' || instrument, ' ')`.as('places'))
        .whereRef('form.participant_id', '=', 'participant.id')
        .where('form.status', '=', 'complete')
        .as('complete'),
    )
    .select(anyHold(study))
    .where('participant.study_id', '=', study)
    .where('participant.code', '=', code),
);

/** A participant with everything that randomising rests on; `complete`: complete forms as visit/instrument, by spaces. */
export async function enrolmentOf(db: Connection, study: string, code: string) {
  return (await enrolment(db, { study, code })).rows[0];
}

const corrections = (db: Connection) =>
  db
    .selectFrom('allocation_correction')
    .innerJoin('allocation', 'allocation.participant_id', 'allocation_correction.participant_id')
    .selectAll('allocation_correction')
    .select(['allocation.arm', 'allocation.epoch as allocated_epoch', 'allocation.entry as allocated_entry']);

/** Corrections in order, from number `from` on. */
export async function correctionsOfStudy(
  db: Connection,
  study: string,
  from = 1,
): Promise<CorrectionRecord[]> {
  return corrections(db)
    .where('allocation_correction.study_id', '=', study)
    .where('allocation_correction.number', '>=', from)
    .orderBy('allocation_correction.number')
    .execute();
}

/** The participant's newest. */
export async function correctionOf(
  db: Connection,
  participant: string,
): Promise<CorrectionRecord | undefined> {
  return corrections(db)
    .where('allocation_correction.participant_id', '=', participant)
    .orderBy('allocation_correction.number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function insertCorrection(
  db: Connection,
  row: Insertable<Tables['allocation_correction']>,
): Promise<void> {
  await db.insertInto('allocation_correction').values(row).execute();
}

const allocationInserted = prepared((db, row: AllocationRecord) =>
  db.insertInto('allocation').values({
    study_id: row.study_id,
    number: row.number,
    participant_id: row.participant_id,
    epoch: row.epoch,
    source: row.source,
    stratum: row.stratum,
    arm: row.arm,
    entry: row.entry,
    previous_hash: row.previous_hash,
    hash: row.hash,
    study_version: row.study_version,
    allocated_at: row.allocated_at,
    allocated_by: row.allocated_by,
  }),
);

export async function insertAllocation(db: Connection, row: AllocationRecord): Promise<void> {
  await allocationInserted(db, row);
}

export async function pageOfAllocations(
  db: Connection,
  study: string,
  sites: ReadonlySet<string> | null,
  page: number,
  size: number,
) {
  let query = db
    .selectFrom('allocation')
    .innerJoin('participant', 'participant.id', 'allocation.participant_id')
    .where('allocation.study_id', '=', study);
  if (sites) query = query.where('participant.site', 'in', [...sites]);
  const { total } = await query
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await query
    .selectAll('allocation')
    .select(['participant.code', 'participant.site'])
    .orderBy('allocation.number', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { rows, total: Number(total) };
}

/** Emergency envelopes that were entered: number → participant. */
export async function usedEnvelopes(
  db: Connection,
  study: string,
  epoch: number,
): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('allocation')
    .innerJoin('participant', 'participant.id', 'allocation.participant_id')
    .select(['allocation.entry', 'participant.code'])
    .where('allocation.study_id', '=', study)
    .where('allocation.epoch', '=', epoch)
    .where('allocation.source', '=', 'envelope')
    .execute();
  return new Map(rows.map((row) => [JSON.parse(row.entry).details.envelope as number, row.code]));
}
