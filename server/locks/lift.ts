import { reaches } from '../access/rules.ts';
import { appendAudit } from '../audit/append.ts';
import { conflict, notAllowed, notFound } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
import type { HoldView } from './contract.ts';
import { subjectOf } from './rules.ts';
import { findHold, liftHold } from './store.ts';
import { scopeOf, viewHolds } from './view.ts';

/** Lifts a freeze or a lock; it stays on record with both reasons. */
export async function lift(
  services: Services,
  caller: Caller,
  id: string,
  kind: 'frozen' | 'locked',
  reason: string,
): Promise<HoldView> {
  const { study, sites } = caller;
  return services.db.write(async (tx) => {
    const hold = await findHold(tx, study.id, id);
    const site = hold?.participant_site ?? hold?.site ?? null;
    if (hold?.kind !== kind || (site !== null && !reaches(sites, site)))
      throw notFound(kind === 'locked' ? 'The lock' : 'The freeze');
    if (site === null && sites !== null)
      throw notAllowed(
        'Your role is of some sites only; what holds for the whole study isn’t yours to lift.',
      );
    const at = services.now().toISOString();
    if (!(await liftHold(tx, id, { at, by: caller.user.id, reason })))
      throw conflict('Somebody lifted it already. Nothing was changed.');
    const scope = scopeOf(hold);
    await appendAudit(tx, caller, at, {
      action: kind === 'locked' ? 'locks.unlock' : 'locks.unfreeze',
      subject: subjectOf(study.id, scope),
      before: { state: kind, ...scope, at: hold.placed_at, reason: hold.reason },
      after: { state: 'open', ...scope },
      reason,
    });
    const [view] = await viewHolds(tx, caller, [(await findHold(tx, study.id, id))!]);
    return view!;
  });
}
