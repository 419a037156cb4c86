import { reaches } from '../access/rules.ts';
import { appendAudit } from '../audit/append.ts';
import { conflict, notFound } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
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
    const at = services.now().toISOString();
    const resolved = await store(tx, id, { at, by: caller.user.id, what: JSON.stringify(input) });
    if (!resolved) throw conflict('Somebody recorded what was done already. Your note was not saved.');
    await appendAudit(tx, caller, at, {
      action: 'alerts.resolve',
      subject: `form:${alert.code}/${alert.visit}/${alert.instrument}`,
      after: { item: alert.item, ...input },
    });
    return { resolvedAt: at };
  });
}
