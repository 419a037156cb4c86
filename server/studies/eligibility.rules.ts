import type { StudyDocument } from './document.ts';
import type { ScreeningValues } from './stratum.rules.ts';

/**
 * What screening settles by itself: for each criterion with a numeric field, whether its statement holds (both
 * ends inside). Criteria without a field, and those whose value isn't known, are left to a person.
 *
 * @returns criterion → whether it holds; "holds" of an exclusion criterion speaks against the person
 */
export function eligibilityFromScreening(
  document: StudyDocument,
  screening: ScreeningValues,
): Record<string, boolean> {
  const settled: Record<string, boolean> = {};
  for (const { id, field, from = -Infinity, to = Infinity } of document.eligibility) {
    const value = field !== undefined && Object.hasOwn(screening, field) ? screening[field] : undefined;
    if (typeof value === 'number') settled[id] = value >= from && value <= to;
  }
  return settled;
}

export interface EligibilityVerdict {
  /** Every inclusion criterion holds and no exclusion criterion does. */
  eligible: boolean;
  /** Criteria that speak against the person. */
  against: string[];
  /** Criteria without an answer; while there is one, nobody is eligible. */
  open: string[];
}

/**
 * Puts the criteria's answers together.
 *
 * @param answers criterion → whether its statement holds
 */
export function judgeEligibility(
  document: StudyDocument,
  answers: Readonly<Record<string, boolean>>,
): EligibilityVerdict {
  const against: string[] = [];
  const open: string[] = [];
  for (const { id, kind } of document.eligibility) {
    if (!Object.hasOwn(answers, id)) open.push(id);
    else if (answers[id] !== (kind === 'inclusion')) against.push(id);
  }
  return { eligible: against.length === 0 && open.length === 0, against, open };
}
