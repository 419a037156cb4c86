import type { Connection } from '../db/database.ts';
import { conflict } from '../errors.ts';
import type { Caller } from '../services.ts';
import { isOver, scopeInWords } from './rules.ts';
import { type HoldRecord, holdsOver, holdsTouching } from './store.ts';
import { scopeOf } from './view.ts';

export interface Written {
  /** Whose data it is. `held` comes with a participant that was found by its code, and saves the question. */
  participant?: { id: string; site: string; held?: boolean | 0 | 1 };
  /** Where no participant is named: a new one, a therapy group. */
  site?: string;
  visit?: string | null;
  instrument?: string | null;
}

/**
 * Every write of participants' data asks here first, in its own transaction: whether the study, the site, the
 * participant, the visit or the form that it would write to is locked or frozen.
 *
 * @param kind `answer` for what goes on while data are frozen: queries, what was done about a safety alert, signatures,
 *   source verification. Nothing goes on under a lock.
 * @throws Refused (conflict) that says who locked it, when and why
 */
export async function refuseLocked(
  db: Connection,
  caller: Pick<Caller, 'study'>,
  written: Written,
  kind: 'data' | 'answer' = 'data',
): Promise<void> {
  const { participant, visit = null, instrument = null } = written;
  if (participant?.held === false || participant?.held === 0) return;
  const site = participant?.site ?? written.site ?? '';
  const place = { site, participant: participant?.id ?? null, visit, instrument };
  const hold = (await holdsOver(db, caller.study.id, place)).find(
    (one) => kind === 'data' || one.kind === 'locked',
  );
  if (hold) throw conflict(heldMessage(caller, hold));
}

/**
 * What speaks for several forms at once, such as a signature, is refused where one of them is locked.
 * @throws Refused (conflict) that names the first lock
 */
export async function refuseAnyLocked(
  db: Connection,
  caller: Pick<Caller, 'study'>,
  participant: { id: string; site: string; held?: boolean | 0 | 1 },
  forms: readonly { visit: string; instrument: string }[],
): Promise<void> {
  if (participant.held === false || participant.held === 0) return;
  const { id, site } = participant;
  const hold = (await holdsTouching(db, caller.study.id, participant)).find(
    (one) => one.kind === 'locked' && forms.some((form) => isOver(one, { site, participant: id, ...form })),
  );
  if (hold) throw conflict(heldMessage(caller, hold));
}

/** Who locked what, when, why, and what to do. */
export function heldMessage({ study }: Pick<Caller, 'study'>, hold: HoldRecord): string {
  const what = scopeInWords(study, scopeOf(hold));
  const when = `${hold.placed_at.slice(0, 10)} ${hold.placed_at.slice(11, 16)} UTC`;
  return hold.kind === 'locked'
    ? `${what} is locked by ${hold.placed_name} since ${when} (${hold.reason}). Nothing was saved. The owner of the study can unlock it.`
    : `${what} is frozen by ${hold.placed_name} since ${when} (${hold.reason}). Nothing was saved; queries can still be answered. A data manager can unfreeze it.`;
}
