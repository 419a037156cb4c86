import type { Insertable, Selectable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export interface Booking {
  participant_id: string;
  visit: string;
  booked_for: string | null;
}
export type UnscheduledRecord = Selectable<Tables['unscheduled_visit']>;

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
  booking: Insertable<Tables['visit_booking']>,
): Promise<void> {
  const { participant_id: _, visit: __, ...values } = booking;
  await db
    .insertInto('visit_booking')
    .values(booking)
    .onConflict((clash) => clash.columns(['participant_id', 'visit']).doUpdateSet(values))
    .execute();
}

/** Every booking, move and cancellation of a visit, from the first. */
export async function bookingChanges(db: Connection, participant: string, visit: string) {
  return db
    .selectFrom('visit_booking_change')
    .selectAll()
    .where('participant_id', '=', participant)
    .where('visit', '=', visit)
    .orderBy('number')
    .execute();
}

export async function insertBookingChange(
  db: Connection,
  change: Insertable<Tables['visit_booking_change']>,
): Promise<void> {
  await db.insertInto('visit_booking_change').values(change).execute();
}

/** Unscheduled visits of participants, in the order of their numbers. */
export async function unscheduledOf(
  db: Connection,
  participants: readonly string[],
): Promise<UnscheduledRecord[]> {
  if (participants.length === 0) return [];
  return db
    .selectFrom('unscheduled_visit')
    .selectAll()
    .where('participant_id', 'in', participants)
    .orderBy('number')
    .execute();
}

/** Instruments of every unscheduled visit of the study, for exports. */
export async function unscheduledOfStudy(db: Connection, study: string) {
  return db
    .selectFrom('unscheduled_visit')
    .innerJoin('participant', 'participant.id', 'unscheduled_visit.participant_id')
    .select(['unscheduled_visit.number', 'unscheduled_visit.instruments'])
    .where('participant.study_id', '=', study)
    .orderBy('unscheduled_visit.number')
    .execute();
}

export async function findUnscheduled(
  db: Connection,
  participant: string,
  number: number,
): Promise<UnscheduledRecord | undefined> {
  return db
    .selectFrom('unscheduled_visit')
    .selectAll()
    .where('participant_id', '=', participant)
    .where('number', '=', number)
    .executeTakeFirst();
}

export async function insertUnscheduled(
  db: Connection,
  visit: Insertable<Tables['unscheduled_visit']>,
): Promise<void> {
  await db.insertInto('unscheduled_visit').values(visit).execute();
}
