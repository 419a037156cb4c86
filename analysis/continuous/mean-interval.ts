import { mean, sampleStandardDeviation } from 'simple-statistics';
import { tQuantile } from '../distributions/t.ts';
import { upperProbability } from '../interval.ts';

export interface MeanInterval {
  n: number;
  estimate: number;
  /** Sample standard deviation (divisor n − 1); null for one value. */
  sd: number | null;
  lower: number | null;
  upper: number | null;
}

/**
 * A mean with Student's t interval,
 *
 *     x̄ ± t(n − 1; (1 + level)/2) · s / √n,    s² = Σ (xᵢ − x̄)² / (n − 1).
 *
 * One value has a mean but no spread, so its limits are null. Equal values give an interval of zero width: that
 * is what the formula says of them, though it is no proof of certainty.
 *
 * Source: Student. Biometrika 1908;6:1–25; R's `t.test(x)$conf.int`.
 *
 * @param values finite numbers in any unit; the result is in the same unit
 * @param level confidence level, 0 < level < 1
 * @returns null where there are no values
 * @throws RangeError for a value that isn't finite or a level out of range
 * @example meanInterval([-10, -12, -8, -14], 0.95) // { n: 4, estimate: -11, sd: 2.582, lower: -15.11, upper: -6.89 }
 */
export function meanInterval(values: readonly number[], level = 0.95): MeanInterval | null {
  const probability = upperProbability(level);
  const odd = values.find((value) => !Number.isFinite(value));
  if (odd !== undefined) throw new RangeError(`A mean needs finite numbers; got ${odd}.`);
  const n = values.length;
  if (n === 0) return null;
  const estimate = mean([...values]);
  if (n === 1) return { n, estimate, sd: null, lower: null, upper: null };
  const sd = sampleStandardDeviation([...values]);
  const half = (tQuantile(probability, n - 1) * sd) / Math.sqrt(n);
  return { n, estimate, sd, lower: estimate - half, upper: estimate + half };
}
