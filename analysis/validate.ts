import type { Dataset } from './dataset.ts';
import { DatasetError } from './dataset-error.ts';
import type { Plan } from './plan.ts';

/** The one arm of a dataset whose arms are hidden. */
export const POOLED = 'pooled';

/** Beyond this a number is no score, and squares of such numbers would overflow. */
const LARGEST = 1e100;

/** Whether the dataset's arms are hidden behind one. */
export function isPooled(arms: readonly { id: string }[]): boolean {
  return arms.length === 1 && arms[0]?.id === POOLED;
}

/**
 * Refuses data that would give a wrong number in silence: two scores of one measure at one visit, a score that
 * isn't a finite number, or a row that names an arm, participant or visit that isn't there.
 *
 * @throws DatasetError at the first fault
 */
export function validateDataset(dataset: Dataset): void {
  const arms = new Set(dataset.arms.map((arm) => arm.id));
  const visits = new Set(dataset.visits.map((visit) => visit.id));
  const participants = new Set<string>();
  for (const { id, arm } of dataset.participants) {
    if (participants.has(id)) {
      throw new DatasetError('duplicate-participant', `Participant ${id} is in the dataset twice.`);
    }
    if (!arms.has(arm)) {
      throw new DatasetError(
        'unknown-arm',
        `Participant ${id} is in arm “${arm}”, which the study doesn't have.`,
      );
    }
    participants.add(id);
  }
  const seen = new Set<string>();
  for (const { participant, visit, measure, value } of dataset.scores) {
    const place = `${measure} of participant ${participant} at ${visit}`;
    if (!participants.has(participant)) {
      throw new DatasetError('unknown-participant', `${place}: there is no such participant.`);
    }
    if (!visits.has(visit)) throw new DatasetError('unknown-visit', `${place}: there is no such visit.`);
    if (!(Math.abs(value) <= LARGEST)) {
      throw new DatasetError(
        'not-finite',
        `${place} is ${value}, which isn't a score. Leave the row out where a score is missing.`,
      );
    }
    const key = JSON.stringify([participant, visit, measure]);
    if (seen.has(key)) {
      throw new DatasetError(
        'duplicate-score',
        `${place} is in the dataset twice. Keep the current version only.`,
      );
    }
    seen.add(key);
  }
}

/**
 * Refuses a plan that can't be carried out on these arms. Contrasts are left alone where arms are hidden: a pooled
 * dataset simply has none.
 *
 * @throws DatasetError
 */
export function validatePlan(plan: Plan, dataset: Dataset): void {
  if (!(plan.level > 0 && plan.level < 1)) {
    throw new DatasetError('plan', `The confidence level lies between 0 and 1; the plan says ${plan.level}.`);
  }
  for (const outcome of plan.outcomes) {
    if (outcome.kind === 'response' && !(outcome.fall > 0 && outcome.fall <= 1)) {
      throw new DatasetError(
        'plan',
        `${outcome.label}: the improvement lies in (0, 1]; the plan says ${outcome.fall}.`,
      );
    }
    if (outcome.kind === 'threshold' && outcome.atMost === undefined && outcome.atLeast === undefined) {
      throw new DatasetError('plan', `${outcome.label}: a threshold needs “at most” or “at least”.`);
    }
  }
  if (isPooled(dataset.arms)) return;
  const arms = new Set(dataset.arms.map((arm) => arm.id));
  for (const pair of plan.contrasts) {
    const stranger = pair.find((id) => !arms.has(id));
    if (stranger !== undefined) {
      throw new DatasetError(
        'unknown-arm',
        `The plan compares arm “${stranger}”, which the study doesn't have.`,
      );
    }
    if (pair[0] === pair[1]) {
      throw new DatasetError('plan', `The plan compares arm “${pair[0]}” with itself.`);
    }
  }
}
