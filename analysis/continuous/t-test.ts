import { type Estimate, estimateOf } from '../models/contrast.ts';
import type { Unavailable } from '../unavailable.ts';
import { describeSample } from './sample.ts';

const TOO_FEW: Unavailable = { reason: 'Each group needs at least two values.' };

/**
 * Student's two-sample t test and interval of mean(first) − mean(second), variances taken as equal:
 * s² = (S₁ + S₂)/(n₁+n₂−2), SE = s√(1/n₁ + 1/n₂). Student. Biometrika 1908;6:1–25; R's `t.test(var.equal = TRUE)`.
 */
export function studentTest(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): Estimate | Unavailable {
  const a = describeSample(first);
  const b = describeSample(second);
  if (a.n < 1 || b.n < 1 || a.n + b.n < 3) return TOO_FEW;
  const df = a.n + b.n - 2;
  const variance = (a.sumOfSquares + b.sumOfSquares) / df;
  return estimateOf(a.mean - b.mean, Math.sqrt(variance * (1 / a.n + 1 / b.n)), df, level);
}

/**
 * Welch's t test and interval, variances free: SE² = s₁²/n₁ + s₂²/n₂ with Satterthwaite's degrees of freedom
 * (v₁+v₂)²/(v₁²/(n₁−1) + v₂²/(n₂−1)), vᵢ = sᵢ²/nᵢ. Welch BL. Biometrika 1947;34:28–35; R's `t.test`.
 */
export function welchTest(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): Estimate | Unavailable {
  const a = describeSample(first);
  const b = describeSample(second);
  if (a.n < 2 || b.n < 2) return TOO_FEW;
  const v1 = a.variance / a.n;
  const v2 = b.variance / b.n;
  if (!(v1 + v2 > 0)) return { reason: 'All values within each group are the same.' };
  const df = (v1 + v2) ** 2 / (v1 ** 2 / (a.n - 1) + v2 ** 2 / (b.n - 1));
  return estimateOf(a.mean - b.mean, Math.sqrt(v1 + v2), df, level);
}

/** One-sample t test of the mean of differences: pairs as `first[i] − second[i]`. R's `t.test(paired = TRUE)`. */
export function pairedTest(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): Estimate | Unavailable {
  if (first.length !== second.length) throw new RangeError('Pairs have a first and a second value each.');
  const d = describeSample(first.map((v, i) => v - second[i]!));
  if (d.n < 2) return { reason: 'At least two pairs are needed.' };
  return estimateOf(d.mean, Math.sqrt(d.variance / d.n), d.n - 1, level);
}
