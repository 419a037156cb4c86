import { type Insertable, type Selectable, sql } from 'kysely';
import type { Connection } from '../../db/database.ts';
import { prepared } from '../../db/prepared.ts';
import type { Tables } from '../../db/schema.ts';

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

export async function insertDesign(
  db: Connection,
  row: Insertable<Tables['randomisation_design']>,
): Promise<void> {
  await db.insertInto('randomisation_design').values(row).execute();
}

const designInForce = prepared((db, { study }: { study: string }) =>
  db
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
    .select(versionInForce(study).as('study_version'))
    .where('design.study_id', '=', study)
    .orderBy('design.epoch', 'desc')
    .limit(1),
);

/** The design in force, in one query. */
export async function currentDesign(db: Connection, study: string): Promise<DesignInForce | undefined> {
  return (await designInForce(db, { study })).rows[0];
}

/** The study's highest number in the table. */
function newest(table: 'allocation' | 'allocation_correction', study: string) {
  return sql<number>`(select max(number) from ${sql.table(table)} where study_id = ${study})`;
}

/** The newest protocol version that is in force anywhere. */
function versionInForce(study: string) {
  return sql<number>`(
    select max(number) from study_version as version where study_id = ${study} and (per_site = 0 or exists (
      select 1 from site_activation as active
      where active.study_id = version.study_id and active.number = version.number)))`;
}
