import type { Insertable } from 'kysely';
import type { Connection } from '../../db/database.ts';
import type { Tables } from '../../db/schema.ts';

/** People assessed and excluded before registration, by reason. */
export async function screeningTally(db: Connection, study: string, site?: string) {
  let query = db.selectFrom('screening_tally').selectAll().where('study_id', '=', study);
  if (site) query = query.where('site', '=', site);
  return query.execute();
}

export async function insertTally(db: Connection, row: Insertable<Tables['screening_tally']>): Promise<void> {
  await db.insertInto('screening_tally').values(row).execute();
}
