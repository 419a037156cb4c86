import { cholesky, choleskySolve } from '../linear/cholesky.ts';
import { dot, zeros } from '../linear/matrix.ts';
import type { Unavailable } from '../unavailable.ts';

/** (m₁ − m₂)/√((s₁² + s₂²)/2): balance of a continuous baseline variable (Austin PC. Stat Med 2009;28:3083–3107). */
export function continuousDifference(
  first: { mean: number; sd: number },
  second: { mean: number; sd: number },
): number | Unavailable {
  const spread = Math.sqrt((first.sd ** 2 + second.sd ** 2) / 2);
  return spread > 0 ? (first.mean - second.mean) / spread : { reason: 'The variable is constant.' };
}

/** The same from the values of both groups. */
export function differenceOfValues(
  first: readonly number[],
  second: readonly number[],
): number | Unavailable {
  if (first.length < 2 || second.length < 2) return { reason: 'Too few values in an arm.' };
  return continuousDifference(moments(first), moments(second));
}

function moments(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (values.length - 1)) };
}

/** (p₁ − p₂)/√((p₁q₁ + p₂q₂)/2). */
export function binaryDifference(p1: number, p2: number): number | Unavailable {
  const spread = Math.sqrt((p1 * (1 - p1) + p2 * (1 - p2)) / 2);
  return spread > 0 ? (p1 - p2) / spread : { reason: 'The variable is constant within the groups.' };
}

/**
 * Mahalanobis distance √((p−q)ᵀS⁻¹(p−q)) of two category distributions, over all categories but the first, S the mean
 * of the two multinomial covariances (Yang D, Dalton JE. SAS Global Forum 2012, paper 335). Categories that neither
 * group has are left out.
 */
export function categoryDifference(
  first: readonly number[],
  second: readonly number[],
): number | Unavailable {
  if (first.length !== second.length) throw new RangeError('Both groups have the same categories.');
  const used = first.map((_, i) => i).filter((i) => first[i]! > 0 || second[i]! > 0);
  const k = used.length - 1;
  if (k < 1) return 0;
  const kept = used.slice(1);
  const gap = kept.map((i) => first[i]! - second[i]!);
  const s = zeros(k, k);
  kept.forEach((i, a) => {
    kept.forEach((j, b) => {
      const one = i === j ? first[i]! * (1 - first[i]!) : -first[i]! * first[j]!;
      const two = i === j ? second[i]! * (1 - second[i]!) : -second[i]! * second[j]!;
      s.data[a * k + b] = (one + two) / 2;
    });
  });
  const factor = cholesky(s);
  if (!factor) return { reason: 'The categories leave no common variation (singular covariance).' };
  return Math.sqrt(dot(gap, choleskySolve(factor, gap)));
}
