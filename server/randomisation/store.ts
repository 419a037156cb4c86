import { type Insertable, type Selectable, sql } from 'kysely';
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
/** With the allocation that it corrects. */
export type CorrectionRecord = Selectable<Tables['allocation_correction']> &
  Pick<AllocationRecord, 'arm'> & { allocated_epoch: number; allocated_entry: string };
export type DesignRecord = Selectable<Tables['randomisation_design']>;
/** The newest epoch, with all that an allocation has to know besides. */
export type DesignInForce = DesignRecord & {
  /** The public value, once it is entered. */
  beacon_value: string | null;
  /** When randomisation was closed. */
  revealed_at: string | null;
  /** The version of the study's document that is in force. */
  study_version: number;
  /** The log's last allocation and last correction. */
  last_allocation: number | null;
  last_allocation_hash: string | null;
  last_correction: number | null;
  last_correction_hash: string | null;
};

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

/** A participant with everything that randomising rests on; `complete`: complete forms as visit/instrument, by spaces. */
export async function enrolmentOf(db: Connection, study: string, code: string) {
  return db
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
    .where('participant.study_id', '=', study)
    .where('participant.code', '=', code)
    .executeTakeFirst();
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

/** The design in force, in one query. */
export async function currentDesign(db: Connection, study: string): Promise<DesignInForce | undefined> {
  return db
    .selectFrom('randomisation_design as design')
    .leftJoin('randomisation_beacon as beacon', (join) =>
      join.onRef('beacon.study_id', '=', 'design.study_id').onRef('beacon.epoch', '=', 'design.epoch'),
    )
    .leftJoin('randomisation_reveal as reveal', 'reveal.study_id', 'design.study_id')
    .leftJoin('allocation as last', (join) =>
      join.onRef('last.study_id', '=', 'design.study_id').on('last.number', '=', newest('allocation', study)),
    )
    .leftJoin('allocation_correction as corrected', (join) =>
      join
        .onRef('corrected.study_id', '=', 'design.study_id')
        .on('corrected.number', '=', newest('allocation_correction', study)),
    )
    .selectAll('design')
    .select(['beacon.value as beacon_value', 'reveal.revealed_at'])
    .select(['last.number as last_allocation', 'last.hash as last_allocation_hash'])
    .select(['corrected.number as last_correction', 'corrected.hash as last_correction_hash'])
    .select(newest('study_version', study).as('study_version'))
    .where('design.study_id', '=', study)
    .orderBy('design.epoch', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The study's highest number in the table. */
function newest(table: 'allocation' | 'allocation_correction' | 'study_version', study: string) {
  return sql<number>`(select max(number) from ${sql.table(table)} where study_id = ${study})`;
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
