import { appendAudit } from '../audit/append.ts';
import { transactionLock } from '../db/database.ts';
import { conflict, notFound, notValid } from '../errors.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { findParticipant } from '../participants/find.ts';
import { gather } from '../participants/gather.ts';
import type { Caller, Services } from '../services.ts';
import { callerAt } from '../studies/at.ts';
import type { VisitView } from './contract.ts';
import { bookingChanges, insertBookingChange, writeBooking } from './store.ts';

export interface Booking {
  /** Local date and time, or null to clear it. */
  bookedFor: string | null;
  /** Why an appointment that was made is moved or cleared. */
  reason?: string;
}

/** Books, moves or clears an appointment. A move says why, and what was booked before stays on record. */
export async function bookVisit(
  services: Services,
  caller: Caller,
  code: string,
  visit: string,
  { bookedFor, reason }: Booking,
): Promise<VisitView> {
  return services.db.write(async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    await refuseLocked(tx, caller, { participant, visit });
    const here = callerAt(caller, participant.site);
    await transactionLock(tx, `booking ${participant.id} ${visit}`);
    const [gathered] = await gather(services, tx, caller.study, [participant]);
    const view = gathered!.visits.find((one) => one.visit === visit);
    if (!view) throw notFound(`Visit “${visit}”`);
    if (participant.status === 'excluded')
      throw conflict(`${code} was not enrolled, so no visit can be booked.`);
    if (view.bookedFor === bookedFor) return view;
    if (view.bookedFor !== null && !reason)
      throw notValid(
        `${view.label} of ${code} is booked already. Say why it is moved; nothing was changed.`,
        [{ path: 'reason', message: 'A reason of at least three characters' }],
      );
    const at = services.now().toISOString();
    const change = {
      participant_id: participant.id,
      visit,
      booked_for: bookedFor,
      changed_at: at,
      changed_by: caller.user.id,
      study_version: here.study.version,
    };
    const number = ((await bookingChanges(tx, participant.id, visit)).at(-1)?.number ?? 0) + 1;
    await writeBooking(tx, change);
    await insertBookingChange(tx, { ...change, number, reason: reason ?? null });
    await appendAudit(tx, here, at, {
      action: 'visits.book',
      subject: `visit:${code}/${visit}`,
      before: { bookedFor: view.bookedFor },
      after: { bookedFor },
      reason: reason ?? null,
    });
    return { ...view, bookedFor };
  });
}
