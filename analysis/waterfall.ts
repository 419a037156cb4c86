import type { Dataset } from './dataset.ts';
import type { Plan } from './plan.ts';
import { indexScores } from './scores.ts';
import { validateDataset } from './validate.ts';

export interface Changes {
  arm: string;
  /** Score minus baseline, and the same as a share of baseline; the share is null where baseline isn't above 0. */
  people: { participant: string; change: number; share: number | null }[];
  /** Without a score at baseline or at the visit. */
  missing: number;
}

/**
 * Each participant's change from baseline at a visit, by arm, in the dataset's order.
 *
 * @throws DatasetError for data that repeat or contradict themselves
 */
export function changesAt(
  dataset: Dataset,
  plan: { measure: string; visit: string; population: Plan['population'] },
): Changes[] {
  validateDataset(dataset);
  const scores = indexScores(dataset);
  return dataset.arms.map((arm) => {
    const people = dataset.participants.filter(
      (person) => person.arm === arm.id && (plan.population === 'all-randomised' || person.startedTreatment),
    );
    const changed = people.flatMap(({ id }) => {
      const before = scores.baseline(id, plan.measure);
      const after = scores.at(id, plan.visit, plan.measure);
      if (before === undefined || after === undefined) return [];
      const change = Number((after - before).toFixed(9));
      return [{ participant: id, change, share: before > 0 ? change / before : null }];
    });
    return { arm: arm.id, people: changed, missing: people.length - changed.length };
  });
}
