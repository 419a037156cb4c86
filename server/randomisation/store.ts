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
    .select(['number', 'hash'])
    .where('study_id', '=', study)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
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
