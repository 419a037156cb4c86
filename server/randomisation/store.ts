import type { Insertable, Selectable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

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
export type CorrectionRecord = Selectable<Tables['allocation_correction']>;
export type DesignRecord = Selectable<Tables['randomisation_design']>;

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

/** With the arm: only for use cases that have made sure the caller is not blinded, and for the engine itself. */
export async function allocationOf(
  db: Connection,
  participant: string,
): Promise<AllocationRecord | undefined> {
  return db.selectFrom('allocation').selectAll().where('participant_id', '=', participant).executeTakeFirst();
}

export async function allocationsOfStudy(
  db: Connection,
  study: string,
  after = 0,
): Promise<AllocationRecord[]> {
  return db
    .selectFrom('allocation')
    .selectAll()
    .where('study_id', '=', study)
    .where('number', '>', after)
    .orderBy('number')
    .execute();
}

export async function lastAllocation(db: Connection, study: string) {
  return db
    .selectFrom('allocation')
    .select(['number', 'hash', 'epoch'])
    .where('study_id', '=', study)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function lastCorrection(db: Connection, study: string) {
  return db
    .selectFrom('allocation_correction')
    .select(['number', 'hash', 'epoch', 'after_allocation'])
    .where('study_id', '=', study)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Corrections after number `after`, in order, each with the arm of its participant. */
export async function correctionsOfStudy(
  db: Connection,
  study: string,
  after = 0,
): Promise<(CorrectionRecord & { arm: string })[]> {
  return db
    .selectFrom('allocation_correction')
    .innerJoin('allocation', 'allocation.participant_id', 'allocation_correction.participant_id')
    .selectAll('allocation_correction')
    .select('allocation.arm')
    .where('allocation_correction.study_id', '=', study)
    .where('allocation_correction.number', '>', after)
    .orderBy('allocation_correction.number')
    .execute();
}

export async function insertCorrection(
  db: Connection,
  row: Insertable<Tables['allocation_correction']>,
): Promise<void> {
  await db.insertInto('allocation_correction').values(row).execute();
}

/** Every design that the study has had, in the order of epochs. */
export async function designsOf(db: Connection, study: string): Promise<DesignRecord[]> {
  return db
    .selectFrom('randomisation_design')
    .selectAll()
    .where('study_id', '=', study)
    .orderBy('epoch')
    .execute();
}

export async function readBeacon(db: Connection, study: string, epoch: number) {
  return db
    .selectFrom('randomisation_beacon')
    .selectAll()
    .where('study_id', '=', study)
    .where('epoch', '=', epoch)
    .executeTakeFirst();
}

export async function insertBeacon(
  db: Connection,
  row: Insertable<Tables['randomisation_beacon']>,
): Promise<void> {
  await db.insertInto('randomisation_beacon').values(row).execute();
}

export async function readReveal(db: Connection, study: string) {
  return db.selectFrom('randomisation_reveal').selectAll().where('study_id', '=', study).executeTakeFirst();
}

export async function insertReveal(
  db: Connection,
  row: Insertable<Tables['randomisation_reveal']>,
): Promise<void> {
  await db.insertInto('randomisation_reveal').values(row).execute();
}

export async function insertAllocation(db: Connection, row: Insertable<Tables['allocation']>): Promise<void> {
  await db.insertInto('allocation').values(row).execute();
}

export async function insertDesign(
  db: Connection,
  row: Insertable<Tables['randomisation_design']>,
): Promise<void> {
  await db.insertInto('randomisation_design').values(row).execute();
}

/** The design in force: the newest epoch. */
export async function currentDesign(db: Connection, study: string): Promise<DesignRecord | undefined> {
  return db
    .selectFrom('randomisation_design')
    .selectAll()
    .where('study_id', '=', study)
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirst();
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
