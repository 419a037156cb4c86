import {
  anyBeyond,
  equicoordinateCritical,
  oneFactorLoadings,
  type Sides,
} from '../distributions/multivariate-t.ts';
import { studentisedRangeCritical, studentisedRangeUpper } from '../distributions/studentised-range.ts';
import { bilinear, type Matrix } from '../linear/matrix.ts';
import { type Estimate, linearContrast } from '../models/contrast.ts';
import type { Unavailable } from '../unavailable.ts';

/** A comparison with p and limits adjusted for all comparisons made together. */
export interface Simultaneous extends Estimate {
  /** Unadjusted two-sided p. */
  unadjusted: number;
}

interface Fit {
  coefficients: Float64Array;
  covariance: Matrix;
  df: number;
}

/**
 * Dunnett's many-to-one comparisons within a linear model: single-step adjusted p and simultaneous intervals from
 * the joint multivariate t distribution of the comparisons, with their correlations under the model (so that
 * covariates and unequal group sizes are allowed for).
 *
 * Source: Dunnett CW. J Am Stat Assoc 1955;50:1096–1121; Hothorn T, Bretz F, Westfall P. Biom J 2008;50:346–363.
 *
 * @param rows one row L for each comparison, such as the difference of two adjusted means
 * @param sides 'two', or 'greater'/'less' for one-sided p (intervals are then one-sided: the other limit infinite)
 * @returns a reason when the correlations lack the one-factor structure that the quadrature needs (four or more
 *   comparisons under covariates that tie arms together unusually)
 */
export function dunnett(
  fit: Fit,
  rows: readonly Float64Array[],
  level = 0.95,
  sides: Sides = 'two',
): Simultaneous[] | Unavailable {
  const plain = rows.map((row) => linearContrast(fit, row, level));
  const problem = plain.find((e) => 'reason' in e);
  if (problem && 'reason' in problem) return problem;
  const estimates = plain as Estimate[];
  const correlation = rows.map((a, i) =>
    rows.map((b, j) =>
      i === j ? 1 : bilinear(a, fit.covariance, b) / (estimates[i]!.se * estimates[j]!.se),
    ),
  );
  const loadings = oneFactorLoadings(correlation);
  if (!loadings)
    return { reason: 'These comparisons are correlated in a way that the exact method does not cover.' };
  const critical = equicoordinateCritical(1 - level, loadings, fit.df, sides);
  return estimates.map((e) => {
    const c = sides === 'two' ? Math.abs(e.statistic) : sides === 'greater' ? e.statistic : -e.statistic;
    return {
      ...e,
      unadjusted: e.p,
      p: anyBeyond(c, loadings, fit.df, sides),
      lower: sides === 'less' ? -Infinity : e.estimate - critical * e.se,
      upper: sides === 'greater' ? Infinity : e.estimate + critical * e.se,
    };
  });
}

/**
 * Tukey–Kramer: all pairwise comparisons of k means by the studentised range, q = |t|·√2 (Kramer CY. Biometrics
 * 1956;12:307–310; emmeans' `adjust = "tukey"`).
 *
 * @param rows the k(k−1)/2 differences
 * @param k number of means compared
 */
export function tukeyKramer(
  fit: Fit,
  rows: readonly Float64Array[],
  k: number,
  level = 0.95,
): Simultaneous[] | Unavailable {
  const critical = studentisedRangeCritical(1 - level, k, fit.df) / Math.SQRT2;
  const result: Simultaneous[] = [];
  for (const row of rows) {
    const e = linearContrast(fit, row, level);
    if ('reason' in e) return e;
    result.push({
      ...e,
      unadjusted: e.p,
      p: studentisedRangeUpper(Math.abs(e.statistic) * Math.SQRT2, k, fit.df),
      lower: e.estimate - critical * e.se,
      upper: e.estimate + critical * e.se,
    });
  }
  return result;
}
