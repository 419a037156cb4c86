import { notValid } from '../errors.ts';
import { type AnswerFinding, checkValues } from '../instruments/rules.ts';
import type { Services } from '../services.ts';
import type { Study } from '../studies/study.ts';
import { outsideWindow, windowOf } from '../visits/rules.ts';
import type { ItemValues, Reasons } from './contract.ts';
import { type Change, changesBetween } from './rules.ts';
import type { FormInput } from './save.ts';
import { type Situation, surroundingsOf } from './situation.ts';
import { problemsOfCompletion } from './validate.ts';

/** What a save comes to: the next version of the form, and what was found in it. */
export interface Judged {
  status: 'started' | 'complete';
  assessedOn: string | null;
  late: 'before' | 'after' | null;
  lateReason: string | null;
  values: ItemValues;
  reasons: Reasons;
  changes: readonly Change[];
  findings: readonly AnswerFinding[];
}

/**
 * Decides what a save comes to; null where it changes nothing.
 *
 * @throws Refused (not valid) where a complete form is changed without a reason, or something stands against
 *   completing it
 */
export function judgeSave(
  services: Pick<Services, 'config' | 'now'>,
  study: Study,
  situation: Situation,
  input: FormInput,
): Judged | null {
  const { record, place } = situation;
  const { assessedOn, values } = input;
  const wasComplete = record?.status === 'complete';
  const status = wasComplete || input.complete ? 'complete' : 'started';
  const changes = changesBetween(record ? (JSON.parse(record.answers) as ItemValues) : {}, values);
  const late = lateness(situation, assessedOn);
  const lateReason = late === null ? null : input.lateReason || record?.late_reason || null;
  const around = surroundingsOf(services, study, situation, assessedOn);
  const findings = checkValues(place.instrument, values, study.document.missing, around);
  const before = reasonsOf(record);
  const reasons = standing({ ...(input.reasons ?? before) }, findings);
  const unchanged =
    record?.status === status &&
    changes.length === 0 &&
    record.assessed_on === assessedOn &&
    record.late_reason === lateReason &&
    sameReasons(before, reasons);
  if (unchanged || (!record && changes.length === 0 && assessedOn === null && !input.complete)) return null;
  if (wasComplete && (input.reason ?? '').length < 3)
    throw notValid('This form is complete: give a reason for the change. Nothing was saved.', [
      { path: 'reason', message: 'A reason of at least three characters' },
    ]);
  const judged: Judged = { status, assessedOn, late, lateReason, values, reasons, changes, findings };
  if (status === 'complete') {
    const open = problemsOfCompletion(place, judged, around);
    if (open.length > 0)
      throw notValid(
        wasComplete
          ? 'A complete form can’t be left with these. Nothing was saved.'
          : `${open.length} ${open.length === 1 ? 'answer needs' : 'answers need'} a look before this form can be complete. What was saved before is kept.`,
        open,
      );
  }
  return judged;
}

export const reasonsOf = (record: { reasons: string | null } | undefined): Reasons =>
  record?.reasons ? (JSON.parse(record.reasons) as Reasons) : {};

/** A reason stands while what it is about does. */
function standing(reasons: Reasons, findings: readonly AnswerFinding[]): Reasons {
  const asked = new Set(findings.filter(({ kind }) => kind === 'unexpected').map(({ key }) => key));
  return Object.fromEntries(
    Object.entries(reasons)
      .filter(([key]) => asked.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const sameReasons = (one: Reasons, other: Reasons): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([key, reason]) => other[key] === reason);

function lateness({ place, anchors }: Situation, assessedOn: string | null): Judged['late'] {
  const window = windowOf(place.visit, anchors);
  return assessedOn === null || window === null ? null : outsideWindow(window, assessedOn);
}
