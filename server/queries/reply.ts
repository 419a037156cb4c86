import { appendAudit } from '../audit/append.ts';
import { conflict } from '../errors.ts';
import { once } from '../http/once.ts';
import type { Caller, Services } from '../services.ts';
import { insertMessage, setQueryStatus } from './store.ts';
import { findReachable, viewQuery } from './view.ts';

/** Roles whose reply answers a query; a reply of those who ask reopens it. */
const siteRoles: readonly string[] = ['coordinator', 'assessor', 'investigator'];

export async function replyToQuery(
  services: Services,
  caller: Caller,
  id: string,
  input: { key: string; text: string },
) {
  await once(
    services,
    {
      user: caller.user,
      study: caller.study.id,
      endpoint: 'queries.reply',
      key: input.key,
      payload: { id, ...input },
    },
    async (tx) => {
      const query = await findReachable(tx, caller, id);
      if (query.status === 'closed')
        throw conflict(`Query ${query.number} is closed. Your reply was not saved; open a new query.`);
      const at = services.now().toISOString();
      const status = caller.roles.some((role) => siteRoles.includes(role)) ? 'answered' : 'open';
      await insertMessage(tx, {
        id: crypto.randomUUID(),
        query_id: id,
        text: input.text,
        sent_at: at,
        sent_by: caller.user.id,
      });
      await setQueryStatus(tx, id, { status });
      await appendAudit(tx, caller, at, {
        action: 'queries.reply',
        subject: `query:${query.code}/${query.number}`,
        before: { status: query.status },
        after: { status, text: input.text },
      });
      return id;
    },
  );
  return viewQuery(services, services.db.read, caller, id);
}

export async function closeQuery(services: Services, caller: Caller, id: string) {
  await services.db.write(async (tx) => {
    const query = await findReachable(tx, caller, id);
    if (query.status === 'closed') throw conflict(`Query ${query.number} is closed already.`);
    const at = services.now().toISOString();
    await setQueryStatus(tx, id, { status: 'closed', closed_at: at, closed_by: caller.user.id });
    await appendAudit(tx, caller, at, {
      action: 'queries.close',
      subject: `query:${query.code}/${query.number}`,
      before: { status: query.status },
      after: { status: 'closed' },
    });
  });
  return viewQuery(services, services.db.read, caller, id);
}
