import { bracketedRoot } from '../distributions/bracket.ts';
import { noncentralTCdf, noncentralTUpper } from '../distributions/noncentral-t.ts';
import { logGamma } from '../distributions/stirling.ts';
import { type Interval, upperProbability } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';

export interface GroupSummary {
  n: number;
  mean: number;
  sd: number;
}

export interface EffectSize {
  /** Cohen's d with pooled standard deviation, and its non-central t interval. */
  d: Interval;
  /** Hedges' g = J·d. */
  g: Interval;
  /** Exact small-sample factor J. */
  j: number;
  /** J·√(1/n₁ + 1/n₂ + d²/(2·df)). */
  gStandardError: number;
  /** Limits of the non-centrality of t. */
  nonCentrality: { lower: number; upper: number };
}

/**
 * Standardised mean difference (first − second)/s_pooled.
 *
 *   J = Γ(df/2)/(√(df/2)·Γ((df−1)/2)), df = n₁+n₂−2                  Hedges LV. J Educ Stat 1981;6:107–128, eq. 6e
 *   limits: the non-centralities δ with P(T > t; δ) = α/2 and P(T < t; δ) = α/2 for t = d/√(1/n₁+1/n₂), times
 *   √(1/n₁+1/n₂)                                                    Steiger & Fouladi 1997; Cumming 2012
 *
 * @throws RangeError for n that isn't whole or numbers that aren't finite
 */
export function hedgesG(first: GroupSummary, second: GroupSummary, level = 0.95): EffectSize | Unavailable {
  const tail = 1 - upperProbability(level);
  for (const { n, mean, sd } of [first, second])
    if (!Number.isInteger(n) || !Number.isFinite(mean) || !Number.isFinite(sd) || sd < 0)
      throw new RangeError('A group has a whole n, a finite mean and a standard deviation from 0.');
  const df = first.n + second.n - 2;
  if (first.n < 1 || second.n < 1 || df < 2)
    return { reason: 'The groups are too small for an effect size.' };
  const pooled = Math.sqrt(((first.n - 1) * first.sd ** 2 + (second.n - 1) * second.sd ** 2) / df);
  if (!(pooled > 0)) return { reason: 'All values within each group are the same.' };
  const d = (first.mean - second.mean) / pooled;
  const unit = Math.sqrt(1 / first.n + 1 / second.n);
  const t = d / unit;
  const j = Math.exp(logGamma(df / 2) - Math.log(df / 2) / 2 - logGamma((df - 1) / 2));
  const spread = 6 + Math.abs(t);
  const lower = bracketedRoot((x) => noncentralTUpper(t, df, x) - tail, t - spread, t + 1);
  const upper = bracketedRoot((x) => noncentralTCdf(t, df, x) - tail, t - 1, t + spread);
  if (lower === null || upper === null)
    return { reason: 'The interval of the effect size could not be found.' };
  return {
    d: { estimate: d, lower: lower * unit, upper: upper * unit },
    g: { estimate: j * d, lower: j * lower * unit, upper: j * upper * unit },
    j,
    gStandardError: j * Math.sqrt(unit ** 2 + d ** 2 / (2 * df)),
    nonCentrality: { lower, upper },
  };
}
