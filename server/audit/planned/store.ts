import type { Insertable } from 'kysely';
import type { Connection } from '../../db/database.ts';
import type { Tables } from '../../db/schema.ts';

export async function plansOf(db: Connection, study: string) {
  return db
    .selectFrom('audit_review_plan')
    .selectAll()
    .where('study_id', '=', study)
    .orderBy('planned_at')
    .orderBy('id')
    .execute();
}

export async function insertPlan(
  db: Connection,
  plan: Insertable<Tables['audit_review_plan']>,
): Promise<void> {
  await db.insertInto('audit_review_plan').values(plan).execute();
}

/** False when the plan is no longer at `version`. */
export async function endPlan(
  db: Connection,
  id: string,
  version: number,
  at: string,
  by: string,
): Promise<boolean> {
  const result = await db
    .updateTable('audit_review_plan')
    .set({ version: version + 1, ended_at: at, ended_by: by })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function reviewsOf(db: Connection, study: string) {
  return db
    .selectFrom('audit_review')
    .selectAll()
    .where('study_id', '=', study)
    .orderBy('reviewed_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function insertReview(
  db: Connection,
  review: Insertable<Tables['audit_review']>,
): Promise<void> {
  await db.insertInto('audit_review').values(review).execute();
}
