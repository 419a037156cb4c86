import type { Dataset } from './dataset.ts';
import type { Plan } from './plan.ts';
import { indexScores } from './scores.ts';

/**
 * How many of each arm have a baseline score of a measure: the n under a chart's first visit.
 *
 * @returns arm → count, every arm included
 */
export function countBaseline(
  dataset: Dataset,
  measure: string,
  population: Plan['population'],
): Record<string, number> {
  const scores = indexScores(dataset);
  const counts: Record<string, number> = Object.fromEntries(dataset.arms.map((arm) => [arm.id, 0]));
  for (const { id, arm, startedTreatment } of dataset.participants) {
    const member = population === 'all-randomised' || startedTreatment;
    if (member && scores.baseline(id, measure) !== undefined) counts[arm] = (counts[arm] ?? 0) + 1;
  }
  return counts;
}
