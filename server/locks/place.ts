import { reaches } from '../access/rules.ts';
import { appendAudit } from '../audit/append.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { conflict, notAllowed, notFound, notValid } from '../errors.ts';
import { findPlace } from '../forms/place.ts';
import { once } from '../http/once.ts';
import { findParticipant } from '../participants/find.ts';
import type { Caller, Services } from '../services.ts';
import { callerAt } from '../studies/at.ts';
import { findUnscheduled } from '../visits/store.ts';
import { unscheduledNumber } from '../visits/unscheduled.rules.ts';
import type { HoldView, Scope } from './contract.ts';
import { readinessOf } from './readiness.ts';
import { scopeInWords, subjectOf } from './rules.ts';
import { findHold, holdsOver, insertHold, type WrittenPlace } from './store.ts';
import { viewHolds } from './view.ts';

export interface Placing {
  key: string;
  scope: Scope;
  reason: string;
  /** Why it is locked although something is still open. */
  override?: string;
}

/** Freezes: whoever collects data can't change them any more, and can still answer queries. */
export function freeze(services: Services, caller: Caller, input: Placing): Promise<HoldView> {
  return place(services, caller, 'frozen', input, async () => null);
}

/**
 * Locks. What is still open stands against it, unless a reason is given to lock all the same; then what was open is
 * kept with the lock and in the audit trail.
 */
export function lock(services: Services, caller: Caller, input: Placing): Promise<HoldView> {
  return place(services, caller, 'locked', input, async (tx) => {
    const { checks } = await readinessOf(services, tx, caller, input.scope);
    const open = checks.filter(({ count }) => count > 0).map(({ label, count }) => ({ label, count }));
    if (open.length > 0 && input.override === undefined)
      throw conflict(
        `${scopeInWords(caller.study, input.scope)} isn’t ready to be locked: ${open.map(({ label, count }) => `${label.toLowerCase()} (${count})`).join(', ')}. Nothing was locked. Settle these, or say why it is to be locked all the same.`,
      );
    return open.length > 0 ? open : null;
  });
}

async function place(
  services: Services,
  caller: Caller,
  kind: 'frozen' | 'locked',
  input: Placing,
  judge: (tx: Transaction) => Promise<HoldView['leftOpen'] | null>,
): Promise<HoldView> {
  const { study, user } = caller;
  const { key, scope, reason, override } = input;
  const endpoint = kind === 'frozen' ? 'locks.freeze' : 'locks.lock';
  const act = { user, study: study.id, endpoint, key, payload: { scope, reason, override } };
  const id = await once(services, act, async (tx) => {
    await transactionLock(tx, `holds ${study.id}`);
    const written = await heldPlace(tx, caller, scope);
    const site = scope.level === 'study' ? null : written.site;
    const over = (await holdsOver(tx, study.id, written)).find(
      (one) => one.kind === 'locked' || one.kind === kind,
    );
    if (over)
      throw conflict(
        `It is ${over.kind} already, by ${over.placed_name} since ${over.placed_at.slice(0, 10)}. Nothing was changed.`,
      );
    const leftOpen = await judge(tx);
    const made = crypto.randomUUID();
    const at = services.now().toISOString();
    await insertHold(tx, {
      id: made,
      study_id: study.id,
      kind,
      site: scope.level === 'site' ? site : null,
      participant_id: written.participant,
      visit: written.visit,
      instrument: written.instrument,
      reason: override === undefined ? reason : `${reason}; although something was open: ${override}`,
      left_open: leftOpen && JSON.stringify(leftOpen),
      placed_at: at,
      placed_by: user.id,
      lifted_at: null,
      lifted_by: null,
      lifted_reason: null,
    });
    await appendAudit(tx, caller, at, {
      action: endpoint,
      subject: subjectOf(study.id, scope),
      after: { state: kind, ...scope, ...(leftOpen ? { leftOpen, override } : {}) },
      reason,
    });
    return made;
  });
  const db = services.db.read;
  const [view] = await viewHolds(db, caller, [(await findHold(db, study.id, id))!]);
  return view!;
}

/** The place of a scope, if it exists and is within the caller's reach. */
async function heldPlace(tx: Transaction, caller: Caller, scope: Scope): Promise<WrittenPlace> {
  const nowhere = { site: '', participant: null, visit: null, instrument: null };
  if (scope.level === 'study') {
    if (caller.sites !== null)
      throw notAllowed('Your role is of some sites only; the whole study isn’t yours to freeze or lock.');
    return nowhere;
  }
  if (scope.level === 'site') {
    if (!caller.study.document.sites.some(({ id }) => id === scope.site))
      throw notValid(`The study has no site “${scope.site}”.`);
    if (!reaches(caller.sites, scope.site)) throw notAllowed('That site isn’t one of yours.');
    return { ...nowhere, site: scope.site };
  }
  const person = await findParticipant(tx, caller, scope.participant);
  const { id, site } = person;
  const { study } = callerAt(caller, site);
  const place = { ...nowhere, site, participant: id };
  if (scope.level === 'participant') return place;
  if (scope.level === 'visit') {
    const number = unscheduledNumber(scope.visit);
    const known = number
      ? await findUnscheduled(tx, id, number)
      : study.document.visits.find((visit) => visit.id === scope.visit);
    if (!known) throw notFound(`Visit “${scope.visit}”`);
    return { ...place, visit: scope.visit };
  }
  await findPlace(tx, study, person, scope);
  return { ...place, visit: scope.visit, instrument: scope.instrument };
}
