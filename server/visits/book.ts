import { appendAudit } from '../audit/append.ts';
import { conflict, notFound } from '../errors.ts';
import { findParticipant } from '../participants/find.ts';
import { gather } from '../participants/gather.ts';
import type { Caller, Services } from '../services.ts';
import type { VisitView } from './contract.ts';
import { bookingsOf, writeBooking } from './store.ts';

/** Books, moves or clears an appointment. */
export async function bookVisit(
  services: Services,
  caller: Caller,
  code: string,
  visit: string,
  bookedFor: string | null,
): Promise<VisitView> {
  const definition = caller.study.document.visits.find((one) => one.id === visit);
  if (!definition) throw notFound(`Visit “${visit}”`);
  return services.db.write(async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    if (participant.status === 'excluded')
      throw conflict(`${code} was not enrolled, so no visit can be booked.`);
    const earlier =
      (await bookingsOf(tx, [participant.id])).find((one) => one.visit === visit)?.booked_for ?? null;
    if (earlier !== bookedFor) {
      const at = services.now().toISOString();
      await writeBooking(tx, {
        participant_id: participant.id,
        visit,
        booked_for: bookedFor,
        changed_at: at,
        changed_by: caller.user.id,
      });
      await appendAudit(tx, caller, at, {
        action: 'visits.book',
        subject: `visit:${code}/${visit}`,
        before: { bookedFor: earlier },
        after: { bookedFor },
      });
    }
    const [gathered] = await gather(services, tx, caller.study, [participant]);
    return gathered!.visits.find((one) => one.visit === visit)!;
  });
}
