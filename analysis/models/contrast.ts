import { fUpper } from '../distributions/f.ts';
import { tQuantile, tTwoSided } from '../distributions/t.ts';
import { upperProbability } from '../interval.ts';
import { cholesky, choleskySolve } from '../linear/cholesky.ts';
import { apply, bilinear, dot, type Matrix, sandwich } from '../linear/matrix.ts';
import type { Unavailable } from '../unavailable.ts';

/** An estimate Lβ with its standard error, t (or, with df Infinity, z) test of Lβ = 0 and interval. */
export interface Estimate {
  estimate: number;
  se: number;
  df: number;
  statistic: number;
  p: number;
  lower: number;
  upper: number;
}

/** @param se > 0 */
export function estimateOf(estimate: number, se: number, df: number, level = 0.95): Estimate | Unavailable {
  const quantile = tQuantile(upperProbability(level), df);
  if (!(se > 0) || !Number.isFinite(estimate))
    return { reason: 'The estimate has no sampling variation: its standard error is zero.' };
  const statistic = estimate / se;
  return {
    estimate,
    se,
    df,
    statistic,
    p: tTwoSided(statistic, df),
    lower: estimate - quantile * se,
    upper: estimate + quantile * se,
  };
}

/** Lβ for one row L, with standard error √(L·V·Lᵀ). */
export function linearContrast(
  fit: { coefficients: Float64Array; covariance: Matrix; df: number },
  row: ArrayLike<number>,
  level = 0.95,
): Estimate | Unavailable {
  const variance = bilinear(row, fit.covariance, row);
  return estimateOf(dot(row, fit.coefficients), Math.sqrt(Math.max(0, variance)), fit.df, level);
}

export interface WaldF {
  f: number;
  df1: number;
  df2: number;
  p: number;
}

/** Wald test of Lβ = 0 for several rows: F = (Lβ)ᵀ(LVLᵀ)⁻¹(Lβ)/q on q and df degrees of freedom. */
export function waldTest(
  fit: { coefficients: Float64Array; covariance: Matrix; df: number },
  rows: Matrix,
): WaldF | Unavailable {
  const value = apply(rows, fit.coefficients);
  const factor = cholesky(sandwich(rows, fit.covariance));
  if (!factor) return { reason: 'The hypotheses are linearly dependent or have no sampling variation.' };
  const f = dot(value, choleskySolve(factor, value)) / rows.rows;
  return { f, df1: rows.rows, df2: fit.df, p: fUpper(f, rows.rows, fit.df) };
}
