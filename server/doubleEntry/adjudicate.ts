import { appendAudit } from '../audit/append.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { nestedDatabase } from '../db/nested.ts';
import { conflict, notAllowed, notValid } from '../errors.ts';
import type { ItemValue } from '../forms/contract.ts';
import { reasonsOf as reasonsOn } from '../forms/judge.ts';
import type { FormAddress } from '../forms/read.ts';
import { saveForm } from '../forms/save.ts';
import { findForm } from '../forms/store.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { findParticipant } from '../participants/find.ts';
import type { Caller, Services } from '../services.ts';
import { compareEntries, findPair, type Pair, whyNot } from './compare.ts';
import type { Choice, Decision } from './contract.ts';
import { ASSESSED_ON, adjudicated, type Decided, undecided } from './rules.ts';
import { insertDecisions, updateEntry } from './store.ts';

interface Adjudication {
  key: string;
  formVersion: number;
  decisions: Decision[];
  lateReason?: string;
}

/**
 * Records which value stands, once for each key. Decisions may come in several sittings and in any order; with the
 * last one the form gets what stands as a new version by an ordinary save, with its reason, checks and audit entry. If
 * the form can't be saved so, no decision of this request is kept either.
 */
export async function adjudicate(
  services: Services,
  caller: Caller,
  address: FormAddress,
  { key, ...payload }: Adjudication,
) {
  const act = {
    user: caller.user,
    study: caller.study.id,
    endpoint: 'double-entry.adjudicate',
    key,
    payload: { ...address, ...payload },
  };
  await once(services, act, async (tx) => {
    const participant = await findParticipant(tx, caller, address.participant);
    const { id } = participant;
    await refuseLocked(tx, caller, { ...address, participant });
    await transactionLock(tx, `form ${id} ${address.visit} ${address.instrument}`);
    const pair = await findPair(tx, caller, address);
    check(caller, pair, payload);
    await record({ ...services, db: nestedDatabase(services.db, tx) }, tx, caller, address, pair, payload);
    return pair.entry.id;
  });
  return compareEntries(services, caller, address);
}

function check(caller: Caller, pair: Pair, { formVersion, decisions }: Omit<Adjudication, 'key'>): void {
  const refusal = whyNot(caller, pair);
  if (refusal) throw notAllowed(refusal);
  if (pair.entry.settled_at !== null)
    throw conflict('Every difference between these entries is decided already. Nothing was changed.');
  if (pair.form.version !== formVersion)
    throw conflict(
      'The form was changed since you opened the comparison. Nothing was decided; look at the differences again.',
    );
  if (new Set(decisions.map(({ field }) => field)).size < decisions.length)
    throw notValid('A field is decided twice. Nothing was decided.');
  for (const { field, choice, value, reason } of decisions) {
    const path = `decisions.${field}`;
    if (pair.decisions.some((one) => one.field === field))
      throw conflict(
        `“${field}” was decided by somebody already. Nothing was changed; open the comparison again.`,
      );
    if (!pair.differences.some((one) => one.field === field))
      throw notValid(`The entries don’t differ in “${field}”. Nothing was decided.`);
    if (choice !== 'other') continue;
    const problem = (message: string) => notValid(`${message} Nothing was decided.`, [{ path, message }]);
    if (reason === undefined) throw problem('A value that neither entry has needs a reason.');
    if (value === undefined) throw problem('Say which value stands.');
    const isDay = value !== null && 'value' in value && /^\d{4}-\d\d-\d\d$/.test(String(value.value));
    if (field === ASSESSED_ON && !isDay) throw problem('The date of assessment needs a day.');
  }
}

async function record(
  inside: Services,
  tx: Transaction,
  caller: Caller,
  address: FormAddress,
  pair: Pair,
  { decisions, lateReason }: Omit<Adjudication, 'key'>,
): Promise<void> {
  const { entry, form, first, second, place, participant } = pair;
  const at = inside.now().toISOString();
  await insertDecisions(
    tx,
    decisions.map(({ field, choice, value, reason }) => ({
      entry_id: entry.id,
      field,
      choice,
      value: choice === 'other' && value ? JSON.stringify(value) : null,
      reason: reason ?? null,
      decided_at: at,
      decided_by: caller.user.id,
    })),
  );
  const all: Decided[] = [
    ...pair.decisions.map(({ field, choice, value }) => ({
      field,
      choice: choice as Choice,
      value: value === null ? null : (JSON.parse(value) as ItemValue),
    })),
    ...decisions.map(({ field, choice, value }) => ({ field, choice, value: value ?? null })),
  ];
  const open = undecided(pair.differences, all).length;
  if (decisions.length === 0 && open > 0)
    throw notValid('There is no decision in this. Nothing was changed.');
  const settles = open === 0;
  if (settles) {
    const stands = adjudicated(first, second, all);
    await saveForm(inside, caller, address, {
      version: form.version,
      ...stands,
      complete: true,
      reason: reasonOf(all, decisions),
      reasons: explained(caller, pair, decisions),
      lateReason,
    });
    const now = await findForm(tx, participant.id, address.visit, address.instrument);
    const moved = await updateEntry(tx, entry.id, entry.version, {
      settled_at: at,
      settled_by: caller.user.id,
      settled_version: now!.version,
    });
    if (!moved) throw conflict('Somebody else decided this a moment ago. Nothing was changed.');
  }
  await appendAudit(tx, caller, at, {
    action: 'double-entry.adjudicate',
    subject: `form:${participant.code}/${place.visit.id}/${place.instrument.id}`,
    after: { decisions, settled: settles },
  });
}

/** Why an unusual answer that was decided on stands; what was explained before keeps its reason. */
function explained(
  { study }: Caller,
  { form, place, differences }: Pair,
  decisions: readonly Decision[],
): Record<string, string> {
  const settled = 'It stands by the comparison of both entries.';
  const checks = [...(place.instrument.checks ?? []), ...(study.document.checks ?? [])];
  return {
    ...Object.fromEntries(checks.map(({ id }) => [id, settled])),
    ...Object.fromEntries(differences.map(({ field }) => [field, settled])),
    ...Object.fromEntries(
      decisions.flatMap(({ field, reason }) => (reason && reason.length >= 3 ? [[field, reason]] : [])),
    ),
    ...reasonsOn(form),
  };
}

/** Why the form changes, for its history: which fields weren't left as they were first entered. */
function reasonOf(all: readonly Decided[], decisions: readonly Decision[]): string {
  const parts = all
    .filter(({ choice }) => choice !== 'first')
    .map(({ field, choice }) => {
      const reason = decisions.find((one) => one.field === field)?.reason;
      return `${field}: ${choice === 'second' ? 'second entry' : 'another value'}${reason ? ` (${reason})` : ''}`;
    });
  return `Double entry adjudicated. ${parts.join('; ')}`.slice(0, 500);
}
