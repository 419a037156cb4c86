import { bracketedRoot } from '../distributions/bracket.ts';
import {
  anyBeyond,
  equicoordinateCritical,
  oneFactorLoadings,
  type Sides,
} from '../distributions/multivariate-t.ts';
import { anyBeyondGeneral, MOST_COMPARISONS } from '../distributions/multivariate-t-general.ts';
import { studentisedRangeCritical, studentisedRangeUpper } from '../distributions/studentised-range.ts';
import { tQuantile } from '../distributions/t.ts';
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
 * @returns a reason for dependent comparisons, and for more than five whose correlations haven't one factor
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
  const joint = jointTail(correlation, fit.df, sides);
  if ('reason' in joint) return joint;
  const critical = joint.critical(1 - level);
  return estimates.map((e) => {
    const c = sides === 'two' ? Math.abs(e.statistic) : sides === 'greater' ? e.statistic : -e.statistic;
    return {
      ...e,
      unadjusted: e.p,
      p: joint.beyond(c),
      lower: sides === 'less' ? -Infinity : e.estimate - critical * e.se,
      upper: sides === 'greater' ? Infinity : e.estimate + critical * e.se,
    };
  });
}

interface JointTail {
  beyond(c: number): number;
  critical(alpha: number): number;
}

/** By one factor where the correlations have one (fast), else by nested quadrature. */
function jointTail(correlation: number[][], df: number, sides: Sides): JointTail | Unavailable {
  const loadings = oneFactorLoadings(correlation);
  if (loadings)
    return {
      beyond: (c) => anyBeyond(c, loadings, df, sides),
      critical: (alpha) => equicoordinateCritical(alpha, loadings, df, sides),
    };
  const k = correlation.length;
  if (k > MOST_COMPARISONS)
    return {
      reason: `The exact method covers at most ${MOST_COMPARISONS} comparisons correlated as these are.`,
    };
  if (anyBeyondGeneral(1, correlation, df, sides) === null)
    return { reason: 'The comparisons are linearly dependent.' };
  const beyond = (c: number) => anyBeyondGeneral(c, correlation, df, sides)!;
  return {
    beyond,
    critical: (alpha) => {
      const one = sides === 'two' ? alpha / 2 : alpha;
      const low = -tQuantile(one, df) * (1 - 1e-6);
      const high = -tQuantile(one / k, df) * (1 + 1e-6);
      return bracketedRoot((c) => beyond(c) - alpha, low, high) ?? high;
    },
  };
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
