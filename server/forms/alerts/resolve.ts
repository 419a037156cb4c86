import { reaches } from '../../access/rules.ts';
import { appendAudit } from '../../audit/append.ts';
import { conflict, notFound } from '../../errors.ts';
import { refuseLocked } from '../../locks/refuse.ts';
import type { Caller, Services } from '../../services.ts';
import { findAlert, resolveAlert as store } from './store.ts';

/** Records what was done about a safety alert. */
export async function resolveAlert(
  services: Services,
  caller: Caller,
  id: string,
  input: { done: string[]; note: string },
) {
  return services.db.write(async (tx) => {
    const alert = await findAlert(tx, caller.study.id, id);
    if (!alert || !reaches(caller.sites, alert.site)) throw notFound('The safety alert');
    const what = JSON.stringify(input);
    // A retry of what this person recorded already is answered as the first time.
    if (alert.resolved_at !== null && alert.resolved_by === caller.user.id && alert.resolution === what)
      return { resolvedAt: alert.resolved_at };
    const participant = { id: alert.participant_id, site: alert.site };
    await refuseLocked(tx, caller, { ...alert, participant }, 'answer');
    const at = services.now().toISOString();
    const resolved = await store(tx, id, { at, by: caller.user.id, what });
    if (!resolved) throw conflict('Somebody recorded what was done already. Your note was not saved.');
    await appendAudit(tx, caller, at, {
      action: 'alerts.resolve',
      subject: `form:${alert.code}/${alert.visit}/${alert.instrument}`,
      after: { item: alert.item, ...input },
    });
    return { resolvedAt: at };
  });
}
