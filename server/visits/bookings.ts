import { userNames } from '../accounts/store.ts';
import { findParticipant } from '../participants/find.ts';
import type { Caller, Services } from '../services.ts';
import { bookingChanges } from './store.ts';

/** How an appointment came to be where it is, the newest change first. */
export async function bookings(services: Services, caller: Caller, code: string, visit: string) {
  const db = services.db.read;
  const participant = await findParticipant(db, caller, code);
  const changes = await bookingChanges(db, participant.id, visit);
  const names = await userNames(
    db,
    changes.map((change) => change.changed_by),
  );
  return {
    changes: changes.reverse().map((change) => ({
      bookedFor: change.booked_for,
      reason: change.reason,
      at: change.changed_at,
      by: names.get(change.changed_by) ?? change.changed_by,
    })),
  };
}
