import type { Insertable, Selectable } from 'kysely';
import type { Connection } from '../../db/database.ts';
import type { Tables } from '../../db/schema.ts';

export type FeedRow = Selectable<Tables['calendar_feed']>;

export async function insertFeed(db: Connection, row: Insertable<Tables['calendar_feed']>): Promise<void> {
  await db.insertInto('calendar_feed').values(row).execute();
}

export async function feedsOf(db: Connection, study: string): Promise<FeedRow[]> {
  return db
    .selectFrom('calendar_feed')
    .selectAll()
    .where('study_id', '=', study)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function findFeed(db: Connection, study: string, id: string): Promise<FeedRow | undefined> {
  return db
    .selectFrom('calendar_feed')
    .selectAll()
    .where('study_id', '=', study)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The feed of a secret that is in force. */
export async function feedOfToken(db: Connection, digest: string): Promise<FeedRow | undefined> {
  return db
    .selectFrom('calendar_feed')
    .selectAll()
    .where('token_digest', '=', digest)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
}

export async function revokeFeed(db: Connection, id: string, at: string, by: string): Promise<void> {
  await db
    .updateTable('calendar_feed')
    .set({ revoked_at: at, revoked_by: by })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute();
}

/** How often each visit of a site was booked, moved or cleared, with the last time. */
export async function changesAtSite(db: Connection, study: string, site: string) {
  return db
    .selectFrom('visit_booking_change')
    .innerJoin('participant', 'participant.id', 'visit_booking_change.participant_id')
    .select((of) => [
      'visit_booking_change.participant_id',
      'visit_booking_change.visit',
      of.fn.max('visit_booking_change.number').as('times'),
    ])
    .where('participant.study_id', '=', study)
    .where('participant.site', '=', site)
    .groupBy(['visit_booking_change.participant_id', 'visit_booking_change.visit'])
    .execute();
}
