import { normalCdf, normalQuantile } from '../distributions/normal.ts';
import { type Interval, upperProbability } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';
import { drawIndex, type Uniform } from './generator.ts';

/**
 * Statistics of bootstrap samples: `statistic` is given `n` row numbers drawn with replacement. With strata (the arm,
 * say) every stratum is resampled within itself.
 *
 * A statistic that can't be computed in a sample returns null; such samples are left out of the result.
 */
export function bootstrapReplicates(
  n: number,
  statistic: (rows: Int32Array) => number | null,
  { replicates, uniform, strata }: { replicates: number; uniform: Uniform; strata?: readonly string[] },
): number[] {
  const groups = strata
    ? [...new Set(strata)].map((name) => strata.flatMap((s, i) => (s === name ? [i] : [])))
    : [Array.from({ length: n }, (_, i) => i)];
  const rows = new Int32Array(n);
  const result: number[] = [];
  for (let b = 0; b < replicates; b++) {
    let at = 0;
    for (const group of groups)
      for (let i = 0; i < group.length; i++) rows[at++] = group[drawIndex(uniform, group.length)]!;
    const value = statistic(rows);
    if (value !== null && Number.isFinite(value)) result.push(value);
  }
  return result;
}

/** Statistics with one row left out each: for the acceleration of BCa and for jackknife standard errors. */
export function jackknifeReplicates(
  n: number,
  statistic: (rows: Int32Array) => number | null,
): (number | null)[] {
  return Array.from({ length: n }, (_, left) =>
    statistic(Int32Array.from({ length: n - 1 }, (__, i) => (i < left ? i : i + 1))),
  );
}

/** How a quantile falls between replicates: as R's default (type 7), or on the normal scale as R's `boot.ci`. */
export type Interpolation = 'linear' | 'normal';

function replicateQuantile(sorted: readonly number[], p: number, how: Interpolation): number {
  const count = sorted.length;
  if (how === 'linear') {
    const position = (count - 1) * p;
    const low = Math.floor(position);
    const next = sorted[Math.min(low + 1, count - 1)]!;
    return sorted[low]! + (position - low) * (next - sorted[low]!);
  }
  // Davison & Hinkley 1997, eq. 5.8: order statistic (R+1)p, interpolated between normal quantiles.
  const position = (count + 1) * p;
  const k = Math.floor(position + 1e-9);
  if (k < 1) return sorted[0]!;
  if (k >= count) return sorted[count - 1]!;
  if (Math.abs(position - k) < 1e-9) return sorted[k - 1]!;
  const low = normalQuantile(k / (count + 1));
  const high = normalQuantile((k + 1) / (count + 1));
  return sorted[k - 1]! + ((normalQuantile(p) - low) / (high - low)) * (sorted[k]! - sorted[k - 1]!);
}

export interface BootstrapIntervals {
  percentile: Interval;
  /** 2θ̂ − percentile limits. */
  basic: Interval;
  /** Null with its reason where the replicates or the jackknife don't allow it. */
  bca: Interval | Unavailable | null;
  /** Standard deviation of the replicates. */
  se: number;
}

/**
 * Percentile, basic and bias-corrected accelerated (BCa) intervals from given replicates.
 *
 *   BCa limits are the quantiles at Φ(z₀ + (z₀+z)/(1 − a(z₀+z))), z = Φ⁻¹(α/2) and Φ⁻¹(1−α/2),
 *   z₀ = Φ⁻¹(share of replicates below θ̂, ties as half), a = Σd³/(6(Σd²)^1.5), d = mean − jackknife value
 *
 * Source: Efron B. J Am Stat Assoc 1987;82:171–185, eq. 6.6 (acceleration); Davison AC, Hinkley DV. Bootstrap Methods
 * 1997, ch. 5.
 *
 * @param jackknife statistics with one row left out; without them `bca` is null
 */
export function bootstrapIntervals(
  estimate: number,
  replicates: readonly number[],
  {
    level = 0.95,
    jackknife,
    interpolation = 'normal',
  }: { level?: number; jackknife?: readonly (number | null)[]; interpolation?: Interpolation } = {},
): BootstrapIntervals | Unavailable {
  const upper = upperProbability(level);
  if (replicates.length < 20) return { reason: 'Too few samples gave a result for a bootstrap interval.' };
  const sorted = [...replicates].sort((a, b) => a - b);
  const q = (p: number) => replicateQuantile(sorted, p, interpolation);
  const mean = sorted.reduce((a, b) => a + b / sorted.length, 0);
  const se = Math.sqrt(sorted.reduce((s, v) => s + (v - mean) ** 2, 0) / (sorted.length - 1));
  const [low, high] = [q(1 - upper), q(upper)];
  return {
    percentile: { estimate, lower: low, upper: high },
    basic: { estimate, lower: 2 * estimate - high, upper: 2 * estimate - low },
    bca: jackknife ? accelerated(estimate, sorted, jackknife, upper, q) : null,
    se,
  };
}

function accelerated(
  estimate: number,
  sorted: readonly number[],
  jackknife: readonly (number | null)[],
  upper: number,
  q: (p: number) => number,
): Interval | Unavailable {
  // Sums of the same values in another order differ in their last figures: that is a tie too.
  const slack = 1e-12 * Math.max(Math.abs(estimate), Math.abs(sorted[0]!), Math.abs(sorted.at(-1)!));
  const share = (v: number) => (Math.abs(v - estimate) <= slack ? 0.5 : v < estimate ? 1 : 0);
  const below = sorted.reduce((n, v) => n + share(v), 0);
  if (below === 0 || below === sorted.length)
    return { reason: 'The estimate lies outside all replicates: the bias correction is infinite.' };
  if (jackknife.some((v) => v === null))
    return { reason: 'The statistic can’t be computed with one person left out.' };
  const values = jackknife as readonly number[];
  const mean = values.reduce((a, b) => a + b / values.length, 0);
  let square = 0;
  let cube = 0;
  for (const v of values) {
    square += (mean - v) ** 2;
    cube += (mean - v) ** 3;
  }
  const a = square > 0 ? cube / (6 * square ** 1.5) : 0;
  const z0 = normalQuantile(below / sorted.length);
  const limit = (p: number) => {
    const z = z0 + normalQuantile(p);
    return q(normalCdf(z0 + z / (1 - a * z)));
  };
  return { estimate, lower: limit(1 - upper), upper: limit(upper) };
}
