import type { Dataset } from './dataset.ts';
import { dayNumber } from './day.ts';
import type { Plan } from './plan.ts';
import type { Followed } from './survival/times.ts';
import { validateDataset } from './validate.ts';

/** Days in a month, so that a visit after 365 days stands at 12. */
const MONTH = 365 / 12;

/**
 * How long each participant stayed: from randomisation to the first withdrawal on record. Whoever hasn't withdrawn is
 * censored when the last visit falls due, at a death, or today, whichever is earliest; a withdrawal after the last
 * visit fell due is none from the trial.
 *
 * @param asOf YYYY-MM-DD
 * @returns arm → follow-up of each of its participants, in months from 0
 * @throws DatasetError for data that repeat or contradict themselves
 */
export function dropOut(
  dataset: Dataset,
  { population, asOf }: { population: Plan['population']; asOf: string },
): Record<string, Followed[]> {
  validateDataset(dataset);
  const whole = Math.max(0, ...dataset.visits.map(({ day }) => day));
  const first = new Map<string, number>();
  for (const { participant, kind, on } of dataset.events) {
    if (kind !== 'withdrawal' && kind !== 'death') continue;
    const key = `${kind} ${participant}`;
    first.set(key, Math.min(first.get(key) ?? Infinity, dayNumber(on)));
  }
  const followed: Record<string, Followed[]> = Object.fromEntries(dataset.arms.map(({ id }) => [id, []]));
  for (const { id, arm, randomisedOn, startedTreatment } of dataset.participants) {
    if (population === 'started-treatment' && !startedTreatment) continue;
    const start = dayNumber(randomisedOn);
    const left = (first.get(`withdrawal ${id}`) ?? Infinity) - start;
    const end = Math.min(whole, dayNumber(asOf) - start, (first.get(`death ${id}`) ?? Infinity) - start);
    const event = left <= end;
    followed[arm]?.push({ time: Math.max(0, event ? left : end) / MONTH, event });
  }
  return followed;
}
