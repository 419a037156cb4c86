import type { Transaction } from '../db/database.ts';
import { conflict, notAllowed } from '../errors.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import type { Caller, Services } from '../services.ts';
import { holderOf, standingOf } from './asker.ts';
import { changeQuery, stale } from './change.ts';
import type { Owner, QueryView } from './contract.ts';
import { ownerInWords } from './owner.ts';
import { type Asker, actsOn, siteRoles } from './rules.ts';
import type { QueryRecord } from './store.ts';
import { findReachable, viewQuery } from './view.ts';

/** What a person does with one query. */
export type Deed =
  | { do: 'reply'; text: string }
  | { do: 'assign'; owner: Owner }
  | { do: 'close'; text?: string }
  | { do: 'reopen'; reason: string }
  | { do: 'cancel'; reason: string };

/**
 * Does one thing to one query, once for each key: a retry gets the first result.
 * @param act `version` is the one that the caller saw; without it the thread may have gone on
 */
export async function actOnQuery(
  services: Services,
  caller: Caller,
  id: string,
  { key, version, ...deed }: Deed & { key: string; version?: number },
): Promise<QueryView> {
  const act = {
    user: caller.user,
    study: caller.study.id,
    endpoint: `queries.${deed.do}`,
    key,
    payload: { id, version: version ?? null, ...deed },
  };
  await once(services, act, async (tx) => {
    const query = await findReachable(tx, caller, id);
    const { at } = await holderOf(tx, caller);
    await carryOut(tx, caller, at(query.site), query, deed, {
      at: services.now().toISOString(),
      version,
    });
    return id;
  });
  return viewQuery(services, caller, id);
}

/** The deed within a transaction, if the rules let this person do it. */
export async function carryOut(
  tx: Transaction,
  caller: Caller,
  asker: Asker,
  query: QueryRecord,
  deed: Deed,
  { at, version }: { at: string; version?: number },
) {
  const participant = { id: query.participant_id, site: query.site };
  await refuseLocked(tx, caller, { ...query, participant }, 'answer');
  if (version !== undefined && query.version !== version) throw stale(query.number);
  if (!actsOn(standingOf(query), asker).includes(deed.do)) throw refusal(query, deed.do);
  switch (deed.do) {
    case 'reply': {
      const answers = asker.roles.some((role) => siteRoles.includes(role));
      return changeQuery(tx, caller, query, {
        act: 'reply',
        at,
        text: deed.text,
        status: answers ? 'answered' : 'open',
      });
    }
    case 'assign': {
      const words = await ownerInWords(tx, caller, deed.owner, query.site);
      return changeQuery(tx, caller, query, {
        act: 'assign',
        at,
        text: `Given to ${words}.`,
        owner: deed.owner,
      });
    }
    case 'close':
      return changeQuery(tx, caller, query, { act: 'close', at, text: deed.text ?? '', status: 'closed' });
    case 'reopen':
    case 'cancel':
      return changeQuery(tx, caller, query, {
        act: deed.do,
        at,
        text: deed.reason,
        reason: deed.reason,
        status: deed.do === 'reopen' ? 'open' : 'cancelled',
      });
  }
}

function refusal({ number, status }: QueryRecord, act: Deed['do']) {
  if (status === 'closed' && act === 'reply')
    return conflict(
      `Query ${number} is closed. Your reply was not saved; open a new query, or ask for this one to be reopened.`,
    );
  if (status === 'closed' && act !== 'reopen') return conflict(`Query ${number} is closed already.`);
  if (status === 'cancelled') return conflict(`Query ${number} was cancelled. Nothing was done.`);
  if (act === 'reopen' && status !== 'closed') return conflict(`Query ${number} isn’t closed.`);
  const who = {
    close: 'whoever opened it, or a data manager, closes',
    cancel: 'whoever opened it, or a data manager, cancels',
    reopen: 'whoever closed it, or a data manager, reopens',
    reply: 'the site, data managers and monitors answer',
    assign: 'coordinators, data managers and monitors assign',
  }[act];
  return notAllowed(`Query ${number} isn’t yours for this: ${who} it. Nothing was done.`);
}
