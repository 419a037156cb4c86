import { tQuantile, tTwoSided } from '../distributions/t.ts';
import { upperProbability } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';

export interface Pooled {
  estimate: number;
  se: number;
  df: number;
  statistic: number;
  p: number;
  lower: number;
  upper: number;
  /** Mean variance within imputations. */
  within: number;
  /** Variance of the estimates between imputations. */
  between: number;
  total: number;
  /** Relative increase in variance, (1+1/m)B/Ū. */
  increase: number;
  /** Share of the variance due to missingness, (1+1/m)B/T. */
  lambda: number;
  /** Fraction of missing information. */
  missingInformation: number;
  imputations: number;
}

/**
 * Rubin's rules for m imputations with estimates Q and variances U:
 *
 *   Q̄ = mean Q,  T = Ū + (1+1/m)B,  λ = (1+1/m)B/T
 *   ν_old = (m−1)/λ²                                        Rubin DB. Multiple Imputation 1987, eq. 3.1.6
 *   ν_obs = (ν_com+1)/(ν_com+3)·ν_com(1−λ),  ν = ν_old·ν_obs/(ν_old+ν_obs)
 *                                                           Barnard J, Rubin DB. Biometrika 1999;86:948–955
 *   missing information γ = (r + 2/(ν+3))/(r+1),  r = λ/(1−λ)   (van Buuren, Flexible Imputation, 2.3.5)
 *
 * @param dfComplete degrees of freedom the analysis would have with complete data; Infinity gives Rubin's ν_old
 */
export function poolRubin(
  estimates: readonly number[],
  variances: readonly number[],
  dfComplete = Infinity,
  level = 0.95,
): Pooled | Unavailable {
  const m = estimates.length;
  if (variances.length !== m) throw new RangeError('Every estimate has a variance.');
  if ([...estimates, ...variances].some((v) => !Number.isFinite(v)))
    throw new RangeError('Estimates and variances are finite numbers.');
  if (m < 2) return { reason: 'At least two imputations are needed to pool.' };
  const estimate = estimates.reduce((a, b) => a + b, 0) / m;
  const within = variances.reduce((a, b) => a + b, 0) / m;
  const between = estimates.reduce((sum, q) => sum + (q - estimate) ** 2, 0) / (m - 1);
  const extra = (1 + 1 / m) * between;
  const total = within + extra;
  if (!(total > 0)) return { reason: 'The estimates have no variance.' };
  const lambda = extra / total;
  const old = lambda > 0 ? (m - 1) / lambda ** 2 : Infinity;
  let df = old;
  if (dfComplete < Infinity) {
    const observed = ((dfComplete + 1) / (dfComplete + 3)) * dfComplete * (1 - lambda);
    df = old === Infinity ? observed : (old * observed) / (old + observed);
  }
  if (!(df > 0)) return { reason: 'Almost all information is missing: no degrees of freedom are left.' };
  const increase = extra / within;
  const se = Math.sqrt(total);
  const half = tQuantile(upperProbability(level), df) * se;
  return {
    estimate,
    se,
    df,
    statistic: estimate / se,
    p: tTwoSided(estimate / se, df),
    lower: estimate - half,
    upper: estimate + half,
    within,
    between,
    total,
    increase,
    lambda,
    missingInformation: within > 0 ? (increase + 2 / (df + 3)) / (increase + 1) : 1,
    imputations: m,
  };
}
