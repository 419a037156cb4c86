import { incompleteBeta } from './beta.ts';
import { devianceTerm, logGamma, stirlingError } from './stirling.ts';

/** P(X = k) for X ~ Binomial(n, p), by Loader's saddle point (2000), accurate to ~1e-14 for any n. */
export function binomialMass(k: number, n: number, p: number): number {
  if (k < 0 || k > n || !Number.isInteger(k)) return 0;
  if (p === 0) return k === 0 ? 1 : 0;
  if (p === 1) return k === n ? 1 : 0;
  if (n === 0) return 1;
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return p ** n;
  const exponent =
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(n - k) -
    devianceTerm(k, n * p) -
    devianceTerm(n - k, n * (1 - p));
  return Math.sqrt(n / (2 * Math.PI * k * (n - k))) * Math.exp(exponent);
}

/** P(X ≤ k) for X ~ Binomial(n, p): I_{1−p}(n−k, k+1) (Abramowitz & Stegun 26.5.24). */
export function binomialCdf(k: number, n: number, p: number): number {
  const whole = Math.floor(k);
  if (whole < 0) return 0;
  if (whole >= n) return 1;
  return incompleteBeta(whole + 1, n - whole, p, 1 - p).upper;
}

/** P(X > k) for X ~ Binomial(n, p). */
export function binomialUpper(k: number, n: number, p: number): number {
  const whole = Math.floor(k);
  if (whole < 0) return 1;
  if (whole >= n) return 0;
  return incompleteBeta(whole + 1, n - whole, p, 1 - p).lower;
}

/** ln C(n, k) for whole 0 ≤ k ≤ n. */
export function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

export interface Hypergeometric {
  /** Least and greatest possible value. */
  low: number;
  high: number;
  /** P(X = low), …, P(X = high). */
  mass: Float64Array;
}

/**
 * The (non-central) hypergeometric distribution of the upper-left cell of a 2×2 table with fixed margins:
 *
 *   P(X = k) ∝ C(first, k)·C(second, drawn − k)·ψᵏ
 *
 * first and second are the row totals, drawn the first column's total, ψ > 0 the odds ratio (1: the null).
 * Masses are built from the mode outwards by their ratios, so no factorial is formed; every mass is a sum of
 * products of exact ratios with relative error ~1e-15 per step.
 */
export function hypergeometric(first: number, second: number, drawn: number, oddsRatio = 1): Hypergeometric {
  const low = Math.max(0, drawn - second);
  const high = Math.min(first, drawn);
  const mass = new Float64Array(high - low + 1);
  const ratio = (k: number) => ((first - k) / (k + 1)) * ((drawn - k) / (second - drawn + k + 1)) * oddsRatio;
  let mode = low;
  let top = high;
  while (mode < top) {
    const middle = (mode + top) >> 1;
    if (ratio(middle) > 1) mode = middle + 1;
    else top = middle;
  }
  mass[mode - low] = 1;
  let total = 1;
  for (let k = mode; k < high; k++) {
    mass[k + 1 - low] = mass[k - low]! * ratio(k);
    total += mass[k + 1 - low]!;
  }
  for (let k = mode; k > low; k--) {
    mass[k - 1 - low] = mass[k - low]! / ratio(k - 1);
    total += mass[k - 1 - low]!;
  }
  for (let i = 0; i < mass.length; i++) mass[i] = mass[i]! / total;
  return { low, high, mass };
}
