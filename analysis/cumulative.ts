import type { Dataset } from './dataset.ts';
import type { Plan } from './plan.ts';
import { indexScores } from './scores.ts';
import { validateDataset } from './validate.ts';

export interface CumulativePlan {
  measure: string;
  better: 'lower' | 'higher';
  visit: string;
  population: Plan['population'];
}

export interface CumulativeArm {
  arm: string;
  /** Everyone randomised in the population: the denominator throughout. */
  of: number;
  /** Without a score at baseline or at the visit; they count as not improved at every threshold. */
  missing: number;
  /** Improvements that occurred, ascending, each with how many improved by at least that much. */
  steps: { improvement: number; count: number }[];
}

/**
 * Cumulative distribution of improvement: how many of everyone randomised improved by at least x points.
 *
 * Source: Farrar JT, Dworkin RH, Max MB. Use of the cumulative proportion of responders analysis graph to present
 * pain data over a range of cut-off points. J Pain Symptom Manage 2006;31:369–377.
 *
 * @throws DatasetError for data that repeat or contradict themselves
 */
export function cumulativeImprovement(dataset: Dataset, plan: CumulativePlan): CumulativeArm[] {
  validateDataset(dataset);
  const scores = indexScores(dataset);
  return dataset.arms.map((arm) => {
    const people = dataset.participants.filter(
      (person) => person.arm === arm.id && (plan.population === 'all-randomised' || person.startedTreatment),
    );
    const improvements = people
      .flatMap(({ id }) => {
        const before = scores.baseline(id, plan.measure);
        const after = scores.at(id, plan.visit, plan.measure);
        if (before === undefined || after === undefined) return [];
        // Differences of decimal scores: 10.3 − 0.3 and 10.4 − 0.4 are the same improvement.
        return [Number((plan.better === 'lower' ? before - after : after - before).toFixed(9))];
      })
      .sort((a, b) => a - b);
    const distinct = [...new Set(improvements)];
    return {
      arm: arm.id,
      of: people.length,
      missing: people.length - improvements.length,
      steps: distinct.map((improvement) => ({
        improvement,
        count: improvements.length - improvements.indexOf(improvement),
      })),
    };
  });
}

/** How many of an arm improved by at least `threshold`. */
export function improvedBy({ steps }: CumulativeArm, threshold: number): number {
  return steps.find(({ improvement }) => improvement >= threshold)?.count ?? 0;
}
