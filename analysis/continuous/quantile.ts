import type { Unavailable } from '../unavailable.ts';
import { describeSample } from './sample.ts';

/** Hyndman & Fan's types: 2 is SAS's default (averages at jumps), 7 is R's (linear between order statistics). */
export type QuantileType = 2 | 7;

/**
 * Sample quantile (Hyndman RJ, Fan Y. Am Stat 1996;50:361–365).
 *
 *   type 2: with np whole, the mean of x₍ₙₚ₎ and x₍ₙₚ₊₁₎, else x₍⌈ₙₚ⌉₎
 *   type 7: between order statistics at position 1 + (n−1)p
 *
 * @param p 0 ≤ p ≤ 1
 * @returns null without values
 */
export function quantile(values: readonly number[], p: number, type: QuantileType): number | null {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`A probability lies between 0 and 1; ${p} does not.`);
  const { n } = describeSample(values);
  if (n === 0) return null;
  const x = [...values].sort((a, b) => a - b);
  const at = (i: number) => x[Math.min(n, Math.max(1, i)) - 1]!;
  if (type === 2) {
    const position = n * p;
    // A position that is whole but for a rounding error is whole, as in R.
    const whole = Math.round(position);
    if (Math.abs(position - whole) < 4 * Number.EPSILON * Math.max(1, position))
      return (at(whole) + at(whole + 1)) / 2;
    return at(Math.ceil(position));
  }
  const position = (n - 1) * p;
  const low = Math.floor(position + 4 * Number.EPSILON);
  const fraction = Math.max(0, position - low);
  return at(low + 1) + fraction * (at(low + 2) - at(low + 1));
}

export interface Moments {
  n: number;
  mean: number;
  sd: number;
  /** Bias-adjusted as in SAS: n/((n−1)(n−2))·Σz³. */
  skewness: number | null;
  /** Excess, as in SAS: n(n+1)/((n−1)(n−2)(n−3))·Σz⁴ − 3(n−1)²/((n−2)(n−3)). */
  kurtosis: number | null;
}

/** Mean, standard deviation (n − 1), skewness and kurtosis as SAS's PROC MEANS gives them. */
export function moments(values: readonly number[]): Moments | Unavailable {
  const { n, mean, variance } = describeSample(values);
  if (n < 2) return { reason: 'At least two values are needed.' };
  const sd = Math.sqrt(variance);
  if (!(sd > 0)) return { n, mean, sd: 0, skewness: null, kurtosis: null };
  let third = 0;
  let fourth = 0;
  for (const v of values) {
    const z = (v - mean) / sd;
    third += z ** 3;
    fourth += z ** 4;
  }
  return {
    n,
    mean,
    sd,
    skewness: n > 2 ? (n * third) / ((n - 1) * (n - 2)) : null,
    kurtosis:
      n > 3
        ? (n * (n + 1) * fourth) / ((n - 1) * (n - 2) * (n - 3)) - (3 * (n - 1) ** 2) / ((n - 2) * (n - 3))
        : null,
  };
}
