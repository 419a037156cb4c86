import { fUpper } from '../distributions/f.ts';
import { chiSquareUpper } from '../distributions/gamma.ts';
import type { WaldF } from '../models/contrast.ts';
import type { ChiSquare } from '../proportions/contingency.ts';
import type { Unavailable } from '../unavailable.ts';
import { describeSample, midRanks, tieTerm } from './sample.ts';

type Groups = readonly (readonly number[])[];

const FEW: Unavailable = { reason: 'At least two groups with observations are needed.' };
const SAME: Unavailable = { reason: 'All values within the groups are the same.' };

/** Kruskal–Wallis H with tie correction, χ² with k−1 degrees of freedom (J Am Stat Assoc 1952;47:583–621). */
export function kruskalWallis(groups: Groups): ChiSquare | Unavailable {
  const used = groups.filter((g) => describeSample(g).n > 0);
  if (used.length < 2) return FEW;
  const { ranks, ties } = midRanks(used.flat());
  const n = ranks.length;
  let at = 0;
  let sum = 0;
  for (const group of used) {
    const total = ranks.slice(at, at + group.length).reduce((a, b) => a + b, 0);
    sum += (total - (group.length * (n + 1)) / 2) ** 2 / group.length;
    at += group.length;
  }
  const correction = 1 - tieTerm(ties) / (n ** 3 - n);
  if (!(correction > 0)) return { reason: 'All values are the same.' };
  const statistic = (12 * sum) / (n * (n + 1)) / correction;
  const df = used.length - 1;
  return { statistic, df, p: chiSquareUpper(statistic, df) };
}

/** One-way analysis of variance, variances taken as equal. R's `oneway.test(var.equal = TRUE)`. */
export function oneWayAnova(groups: Groups): WaldF | Unavailable {
  const samples = groups.map(describeSample).filter((s) => s.n > 0);
  const n = samples.reduce((sum, s) => sum + s.n, 0);
  const df1 = samples.length - 1;
  const df2 = n - samples.length;
  if (df1 < 1 || df2 < 1) return FEW;
  const grand = samples.reduce((sum, s) => sum + (s.n * s.mean) / n, 0);
  const between = samples.reduce((sum, s) => sum + s.n * (s.mean - grand) ** 2, 0);
  const within = samples.reduce((sum, s) => sum + s.sumOfSquares, 0);
  if (!(within > 0)) return SAME;
  const f = between / df1 / (within / df2);
  return { f, df1, df2, p: fUpper(f, df1, df2) };
}

/**
 * Welch's analysis of variance with unequal variances (Biometrika 1951;38:330–336): weights w = n/s²,
 *
 *     F = Σw(x̄ − x̃)²/(k−1) / (1 + 2(k−2)Λ),  Λ = Σ(1 − w/Σw)²/(n−1)/(k²−1),  df₂ = 1/(3Λ)
 */
export function welchAnova(groups: Groups): WaldF | Unavailable {
  const samples = groups.map(describeSample);
  const k = samples.length;
  if (k < 2 || samples.some((s) => s.n < 2)) return { reason: 'Each group needs at least two values.' };
  if (samples.some((s) => !(s.variance > 0))) return { reason: 'All values of a group are the same.' };
  const w = samples.map((s) => s.n / s.variance);
  const total = w.reduce((a, b) => a + b, 0);
  const mean = samples.reduce((sum, s, i) => sum + (w[i]! * s.mean) / total, 0);
  const lambda = samples.reduce((sum, s, i) => sum + (1 - w[i]! / total) ** 2 / (s.n - 1), 0) / (k * k - 1);
  const between = samples.reduce((sum, s, i) => sum + w[i]! * (s.mean - mean) ** 2, 0) / (k - 1);
  const f = between / (1 + 2 * (k - 2) * lambda);
  const df2 = 1 / (3 * lambda);
  return { f, df1: k - 1, df2, p: fUpper(f, k - 1, df2) };
}

/** Bartlett's test of equal variances (Proc R Soc A 1937;160:268–282). R's `bartlett.test`. */
export function bartlettTest(groups: Groups): ChiSquare | Unavailable {
  const samples = groups.map(describeSample);
  const k = samples.length;
  if (k < 2 || samples.some((s) => s.n < 2)) return { reason: 'Each group needs at least two values.' };
  if (samples.some((s) => !(s.variance > 0))) return { reason: 'All values of a group are the same.' };
  const df = samples.map((s) => s.n - 1);
  const total = df.reduce((a, b) => a + b, 0);
  const pooled = samples.reduce((sum, s) => sum + s.sumOfSquares, 0) / total;
  const top =
    total * Math.log(pooled) - samples.reduce((sum, s, i) => sum + df[i]! * Math.log(s.variance), 0);
  const bottom = 1 + (df.reduce((sum, d) => sum + 1 / d, 0) - 1 / total) / (3 * (k - 1));
  return { statistic: top / bottom, df: k - 1, p: chiSquareUpper(top / bottom, k - 1) };
}

/**
 * Brown–Forsythe test of equal variances: the analysis of variance of absolute deviations from the group medians
 * (J Am Stat Assoc 1974;69:364–367). R's `car::leveneTest`.
 */
export function brownForsythe(groups: Groups): WaldF | Unavailable {
  if (groups.some((g) => g.length === 0)) return FEW;
  return oneWayAnova(
    groups.map((group) => {
      const sorted = [...group].sort((a, b) => a - b);
      const half = sorted.length >> 1;
      const median = sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
      return group.map((v) => Math.abs(v - median));
    }),
  );
}
