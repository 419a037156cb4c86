import type { ItemValue, ItemValues } from '../forms/contract.ts';
import { sameAnswer } from '../forms/rules.ts';
import type { VerificationPlan, VerificationRule } from '../studies/document.ts';
import type { FieldState } from './contract.ts';

/** The date of assessment is compared like an answer; no item can have this id. */
export const DATE_FIELD = '@date';

export interface VersionAnswers {
  version: number;
  assessedOn: string | null;
  values: ItemValues;
}

export interface Mark {
  /** Null: the whole form. */
  item: string | null;
  version: number;
  verified: boolean;
}

/**
 * Where each field of a form stands. A mark holds for the version that was compared; a field that has changed in any
 * later version is stale, even if it is back at what it was.
 *
 * @param versions every version of the form, from the first
 * @param marks in the order in which they were made
 */
export function fieldStates(
  fields: readonly string[],
  versions: readonly VersionAnswers[],
  marks: readonly Mark[],
): Map<string, FieldState> {
  return new Map(
    fields.map((field) => {
      const mark = marks.findLast(({ item }) => item === null || item === field);
      if (!mark?.verified) return [field, 'unverified'];
      return [field, lastChange(field, versions) > mark.version ? 'stale' : 'verified'];
    }),
  );
}

function lastChange(field: string, versions: readonly VersionAnswers[]): number {
  let last = 0;
  versions.forEach((version, index) => {
    if (!sameAnswer(answer(field, versions[index - 1]), answer(field, version))) last = version.version;
  });
  return last;
}

function answer(field: string, version: VersionAnswers | undefined): ItemValue | undefined {
  if (field !== DATE_FIELD) return version?.values[field];
  return version?.assessedOn ? { value: version.assessedOn } : undefined;
}

/** What has to be verified of one participant: the consent, and by visit and instrument which fields (null: all). */
export interface Required {
  consent: boolean;
  fields(visit: string, instrument: string): { items: readonly string[] | null } | null;
}

/**
 * What the sampling plan asks of a participant.
 *
 * @param rank how many of the site were randomised before
 * @param drawn a number from 0 up to 1 for each rule, from the plan's seed and the participant’s ID
 */
export function requiredOf(
  plan: VerificationPlan,
  rank: number,
  drawn: (rule: VerificationRule) => number,
): Required {
  const rules = plan.rules.filter((rule) => rank < (rule.firstPerSite ?? 0) || drawn(rule) < rule.share);
  return {
    consent: rules.some((rule) => rule.consent === true),
    fields(visit, instrument) {
      const here = rules.filter(
        (rule) =>
          rule.instruments?.includes(instrument) &&
          (rule.visits === undefined || rule.visits.includes(visit)),
      );
      if (here.length === 0) return null;
      if (here.some((rule) => rule.items === undefined)) return { items: null };
      return { items: [...new Set(here.flatMap((rule) => rule.items ?? []))] };
    },
  };
}
