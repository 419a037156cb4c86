import { rerandomiser, type Stage } from '../../randomisation/index.ts';

export interface RerandomisationTask {
  kind: 'rerandomisation';
  /** Everyone allocated, in order of allocation, under the designs they were allocated by. */
  stages: Stage[];
  /** Outcome of each, or what is left of it after covariates; NaN for those who aren't analysed. */
  outcome: Float64Array;
  /** The two arms compared, by their positions in `armsOfStages`. */
  first: number;
  second: number;
  replicates: number;
  seed: number;
}

/** Differences within this share of the outcomes' size count as equal. */
const TIE = 1e-9;

/** Mean of those in one arm minus mean of those in another; null while one has nobody. */
export function meanDifference(
  arms: ArrayLike<number>,
  outcome: Float64Array,
  first: number,
  second: number,
): number | null {
  let [a, b, m, n] = [0, 0, 0, 0];
  for (let i = 0; i < outcome.length; i++) {
    const value = outcome[i]!;
    if (Number.isNaN(value)) continue;
    const arm = arms[i]!;
    if (arm === first) {
      a += value;
      m++;
    } else if (arm === second) {
      b += value;
      n++;
    }
  }
  return m > 0 && n > 0 ? a / m - b / n : null;
}

/** How near two differences count as equal. */
export function slackOf(outcome: Float64Array): number {
  let size = 0;
  for (const value of outcome) if (!Number.isNaN(value)) size = Math.max(size, Math.abs(value));
  return TIE * size;
}

/**
 * Differences of means after allocating everyone anew, in the order and with the factors in which they came.
 *
 * @returns one difference for each replicate in which both arms have somebody
 */
export function rerandomise(task: RerandomisationTask): Float64Array {
  const { stages, outcome, first, second, replicates, seed } = task;
  const allocate = rerandomiser(stages, seed);
  const result = new Float64Array(replicates);
  let used = 0;
  for (let r = 0; r < replicates; r++) {
    const difference = meanDifference(allocate(), outcome, first, second);
    if (difference !== null) result[used++] = difference;
  }
  return result.slice(0, used);
}
