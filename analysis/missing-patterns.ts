import { closingDay } from './closing.ts';
import type { Dataset } from './dataset.ts';
import { dayNumber } from './day.ts';
import { indexScores } from './scores.ts';
import { validateDataset } from './validate.ts';

/** `to-come`: the window hasn't closed yet. */
export type Presence = 'present' | 'missing' | 'to-come';

export interface MissingPattern {
  /** Of each visit, in the dataset's order. */
  visits: Presence[];
  /** Arm → participants. */
  counts: Record<string, number>;
  total: number;
}

/**
 * Which visits' scores are there together: one pattern for each combination that occurs, complete first, then the
 * commonest. Everyone randomised is in exactly one.
 *
 * @param asOf YYYY-MM-DD: a visit whose window closes on this day or later isn't missing yet
 * @throws DatasetError for data that repeat or contradict themselves
 */
export function missingPatterns(dataset: Dataset, measure: string, asOf: string): MissingPattern[] {
  validateDataset(dataset);
  const scores = indexScores(dataset);
  const today = dayNumber(asOf);
  const patterns = new Map<string, MissingPattern>();
  for (const person of dataset.participants) {
    const visits = dataset.visits.map((visit): Presence => {
      if (scores.at(person.id, visit.id, measure) !== undefined) return 'present';
      return visit.baseline || closingDay(person, visit) < today ? 'missing' : 'to-come';
    });
    const key = visits.join();
    const pattern = patterns.get(key) ?? {
      visits,
      counts: Object.fromEntries(dataset.arms.map((arm) => [arm.id, 0])),
      total: 0,
    };
    pattern.counts[person.arm]! += 1;
    pattern.total += 1;
    patterns.set(key, pattern);
  }
  const complete = ({ visits }: MissingPattern) => Number(visits.every((visit) => visit === 'present'));
  return [...patterns.values()].sort(
    (a, b) => complete(b) - complete(a) || b.total - a.total || (a.visits.join() < b.visits.join() ? 1 : -1),
  );
}
