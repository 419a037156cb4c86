import type { Connection } from '../db/database.ts';

export interface Booking {
  participant_id: string;
  visit: string;
  booked_for: string | null;
}

export async function bookingsOf(db: Connection, participants: readonly string[]): Promise<Booking[]> {
  if (participants.length === 0) return [];
  return db
    .selectFrom('visit_booking')
    .select(['participant_id', 'visit', 'booked_for'])
    .where('participant_id', 'in', participants)
    .execute();
}

export async function writeBooking(
  db: Connection,
  booking: Booking & { changed_at: string; changed_by: string },
): Promise<void> {
  const { participant_id: _, visit: __, ...values } = booking;
  await db
    .insertInto('visit_booking')
    .values(booking)
    .onConflict((clash) => clash.columns(['participant_id', 'visit']).doUpdateSet(values))
    .execute();
}
