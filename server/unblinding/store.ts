import type { Insertable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export async function insertUnblinding(db: Connection, row: Insertable<Tables['unblinding']>): Promise<void> {
  await db.insertInto('unblinding').values(row).execute();
}

export async function insertOpening(
  db: Connection,
  row: Insertable<Tables['unblinding_opened']>,
): Promise<void> {
  await db.insertInto('unblinding_opened').values(row).execute();
}

const withPlace = (db: Connection, study: string) =>
  db
    .selectFrom('unblinding')
    .innerJoin('participant', 'participant.id', 'unblinding.participant_id')
    .leftJoin('unblinding_opened', 'unblinding_opened.unblinding_id', 'unblinding.id')
    .selectAll('unblinding')
    .select(['participant.code', 'participant.site', 'unblinding_opened.opened_at'])
    .where('unblinding.study_id', '=', study);

export async function findUnblinding(db: Connection, study: string, id: string) {
  return withPlace(db, study).where('unblinding.id', '=', id).executeTakeFirst();
}

export async function listUnblindings(db: Connection, study: string) {
  return withPlace(db, study).orderBy('unblinding.requested_at', 'desc').limit(1000).execute();
}
