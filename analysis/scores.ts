import type { Dataset } from './dataset.ts';

/** Scores by participant, visit and measure. */
export interface Scores {
  /** Undefined where missing. */
  at(participant: string, visit: string, measure: string): number | undefined;
  /** The last score of the baseline visits, undefined where there is none. */
  baseline(participant: string, measure: string): number | undefined;
  /** Whether anybody has a score of this measure at this visit. */
  any(visit: string, measure: string): boolean;
}

/** Indexes a dataset's scores; the dataset has passed `validateDataset`. */
export function indexScores(dataset: Dataset): Scores {
  const byVisit = new Map<string, Map<string, number>>();
  const place = (visit: string, measure: string) => JSON.stringify([visit, measure]);
  for (const { participant, visit, measure, value } of dataset.scores) {
    const key = place(visit, measure);
    const values = byVisit.get(key) ?? new Map<string, number>();
    byVisit.set(key, values.set(participant, value));
  }
  const latestFirst = dataset.visits.filter((visit) => visit.baseline).reverse();
  const at = (participant: string, visit: string, measure: string) =>
    byVisit.get(place(visit, measure))?.get(participant);
  return {
    at,
    baseline(participant, measure) {
      for (const visit of latestFirst) {
        const value = at(participant, visit.id, measure);
        if (value !== undefined) return value;
      }
      return undefined;
    },
    any: (visit, measure) => byVisit.has(place(visit, measure)),
  };
}
