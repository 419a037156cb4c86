import { closingDay } from './closing.ts';
import type { Dataset } from './dataset.ts';
import { dayNumber } from './day.ts';
import { lowerFirst } from './lower-first.ts';
import { indexScores } from './scores.ts';
import { validateDataset } from './validate.ts';

export interface CompletenessPlan {
  /** In the order in which they are to be listed. */
  measures: { measure: string; label: string /** All of them where absent. */; visits?: string[] }[];
  /** YYYY-MM-DD: a visit whose window closes later than this isn't due. */
  asOf: string;
}

export interface Completeness {
  measure: string;
  visit: string;
  /** Such as “HAM-D17, 3 months”. */
  label: string;
  /** Participants with the score. */
  count: number;
  /** Participants with the score, or whose window has closed without it. */
  of: number;
}

/**
 * How many of the scores that should be there are: per measure and visit, those present among those present or
 * overdue. A visit that isn't due yet counts neither way.
 *
 * @throws DatasetError for data that repeat or contradict themselves
 */
export function completeness(dataset: Dataset, plan: CompletenessPlan): Completeness[] {
  validateDataset(dataset);
  const scores = indexScores(dataset);
  const today = dayNumber(plan.asOf);
  return plan.measures.flatMap(({ measure, label, visits }) =>
    dataset.visits
      .filter((visit) => visits === undefined || visits.includes(visit.id))
      .map((visit) => {
        const present = dataset.participants.filter(
          ({ id }) => scores.at(id, visit.id, measure) !== undefined,
        ).length;
        const overdue = dataset.participants.filter(
          (person) =>
            scores.at(person.id, visit.id, measure) === undefined && closingDay(person, visit) < today,
        ).length;
        return {
          measure,
          visit: visit.id,
          label: `${label}, ${lowerFirst(visit.label)}`,
          count: present,
          of: present + overdue,
        };
      }),
  );
}
