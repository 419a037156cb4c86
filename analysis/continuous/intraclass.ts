import { fQuantile, fUpper } from '../distributions/f.ts';
import { type Interval, upperProbability } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';
import { describeSample } from './sample.ts';

export interface IntraclassForm extends Interval {
  f: number;
  df1: number;
  df2: number;
  p: number;
}

/** Shrout and Fleiss's six forms: single rating and mean of k ratings. */
export interface Intraclass {
  /** One-way random: each subject has raters of its own. ICC(1,1), ICC(1,k). */
  oneWay: { single: IntraclassForm; mean: IntraclassForm };
  /** Two-way random, absolute agreement. ICC(2,1), ICC(2,k). */
  agreement: { single: IntraclassForm; mean: IntraclassForm };
  /** Two-way mixed, consistency. ICC(3,1), ICC(3,k). */
  consistency: { single: IntraclassForm; mean: IntraclassForm };
}

/**
 * Intraclass correlations of n subjects (rows) rated by k raters (columns), from the mean squares between subjects B,
 * within subjects W, between raters J and residual E:
 *
 *   ICC(1,1) = (B−W)/(B+(k−1)W)                 ICC(1,k) = (B−W)/B
 *   ICC(2,1) = (B−E)/(B+(k−1)E+k(J−E)/n)        ICC(2,k) = (B−E)/(B+(J−E)/n)
 *   ICC(3,1) = (B−E)/(B+(k−1)E)                 ICC(3,k) = (B−E)/B
 *
 * Limits from F distributions, for agreement with Satterthwaite's degrees of freedom. Source: Shrout PE, Fleiss JL.
 * Psychol Bull 1979;86:420–428; McGraw KO, Wong SP. Psychol Methods 1996;1:30–46; R's `psych::ICC(lmer = FALSE)`.
 */
export function intraclass(ratings: readonly (readonly number[])[], level = 0.95): Intraclass | Unavailable {
  const upper = upperProbability(level);
  const n = ratings.length;
  const k = ratings[0]?.length ?? 0;
  if (ratings.some((row) => row.length !== k)) throw new RangeError('Every subject has as many ratings.');
  if (n < 2 || k < 2) return { reason: 'At least two subjects and two raters are needed.' };
  const all = describeSample(ratings.flat());
  const between = k * ratings.reduce((s, row) => s + (describeSample(row).mean - all.mean) ** 2, 0);
  const raters =
    n *
    Array.from({ length: k }, (_, j) => describeSample(ratings.map((row) => row[j]!)).mean).reduce(
      (s, m) => s + (m - all.mean) ** 2,
      0,
    );
  const B = between / (n - 1);
  const W = (all.sumOfSquares - between) / (n * (k - 1));
  const J = raters / (k - 1);
  const df2 = (n - 1) * (k - 1);
  const E = (all.sumOfSquares - between - raters) / df2;
  if (!(E > 1e-14 * all.sumOfSquares))
    return {
      reason: 'The raters differ by constants only, or nobody differs: the residual variance is zero.',
    };
  const form = (estimate: number, limits: [number, number], f: number, df: number): IntraclassForm => ({
    estimate,
    lower: limits[0],
    upper: limits[1],
    f,
    df1: n - 1,
    df2: df,
    p: fUpper(f, n - 1, df),
  });
  const single = (f: number): number => (f - 1) / (f + k - 1);
  const average = (f: number): number => 1 - 1 / f;
  const range = (f: number, df: number) => ({
    low: f / fQuantile(upper, n - 1, df),
    high: f * fQuantile(upper, df, n - 1),
  });
  const f1 = B / W;
  const one = range(f1, n * (k - 1));
  const f3 = B / E;
  const three = range(f3, df2);
  const agreement = (B - E) / (B + (k - 1) * E + (k * (J - E)) / n);
  const ratio = J / E;
  const rest = n * (1 + (k - 1) * agreement) - k * agreement;
  const v =
    (df2 * (k * agreement * ratio + rest) ** 2) /
    ((n - 1) * k ** 2 * agreement ** 2 * ratio ** 2 + rest ** 2);
  const fu = fQuantile(upper, n - 1, v);
  const fl = fQuantile(upper, v, n - 1);
  const spread = k * J + (k * n - k - n) * E;
  const low = (n * (B - fu * E)) / (fu * spread + n * B);
  const high = (n * (fl * B - E)) / (spread + n * fl * B);
  const ofMean = (r: number) => (r * k) / (1 + r * (k - 1));
  return {
    oneWay: {
      single: form((B - W) / (B + (k - 1) * W), [single(one.low), single(one.high)], f1, n * (k - 1)),
      mean: form((B - W) / B, [average(one.low), average(one.high)], f1, n * (k - 1)),
    },
    agreement: {
      single: form(agreement, [low, high], f3, df2),
      mean: form((B - E) / (B + (J - E) / n), [ofMean(low), ofMean(high)], f3, df2),
    },
    consistency: {
      single: form((B - E) / (B + (k - 1) * E), [single(three.low), single(three.high)], f3, df2),
      mean: form((B - E) / B, [average(three.low), average(three.high)], f3, df2),
    },
  };
}
