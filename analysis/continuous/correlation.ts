import { normalQuantile, normalUpper } from '../distributions/normal.ts';
import { tTwoSided } from '../distributions/t.ts';
import { upperProbability } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';
import { describeSample, midRanks } from './sample.ts';

export interface Correlation {
  estimate: number;
  /** Fisher's z interval; null for Kendall's τ and fewer than four pairs. */
  lower: number | null;
  upper: number | null;
  p: number;
}

const SAME: Unavailable = { reason: 'One of the two variables is constant.' };

function check(x: readonly number[], y: readonly number[]): Unavailable | null {
  if (x.length !== y.length) throw new RangeError('Pairs have a first and a second value each.');
  return x.length < 3 ? { reason: 'At least three pairs are needed.' } : null;
}

/**
 * Pearson's r with t = r√((n−2)/(1−r²)) and Fisher's interval tanh(atanh r ± z/√(n−3)). R's `cor.test`.
 */
export function pearson(x: readonly number[], y: readonly number[], level = 0.95): Correlation | Unavailable {
  const problem = check(x, y);
  if (problem) return problem;
  const a = describeSample(x);
  const b = describeSample(y);
  if (!(a.sumOfSquares > 0 && b.sumOfSquares > 0)) return SAME;
  const n = a.n;
  const sum = x.reduce((total, v, i) => total + (v - a.mean) * (y[i]! - b.mean), 0);
  const r = Math.max(-1, Math.min(1, sum / Math.sqrt(a.sumOfSquares * b.sumOfSquares)));
  const t = r === 1 || r === -1 ? Infinity : r * Math.sqrt((n - 2) / ((1 - r) * (1 + r)));
  const half = n > 3 ? normalQuantile(upperProbability(level)) / Math.sqrt(n - 3) : null;
  return {
    estimate: r,
    lower: half === null ? null : Math.tanh(Math.atanh(r) - half),
    upper: half === null ? null : Math.tanh(Math.atanh(r) + half),
    p: tTwoSided(t, n - 2),
  };
}

/** Spearman's ρ: Pearson's r of the mid-ranks, its p by the t approximation (R's `exact = FALSE`). */
export function spearman(
  x: readonly number[],
  y: readonly number[],
  level = 0.95,
): Correlation | Unavailable {
  return check(x, y) ?? pearson(midRanks(x).ranks, midRanks(y).ranks, level);
}

/**
 * Kendall's τ-b with the normal approximation allowing for ties (Kendall MG. Rank Correlation Methods, 1970, ch. 4;
 * R's `cor.test(method = "kendall", exact = FALSE)`). S counts concordant less discordant pairs.
 */
export function kendall(x: readonly number[], y: readonly number[]): Correlation | Unavailable {
  const problem = check(x, y);
  if (problem) return problem;
  const n = x.length;
  let s = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) s += Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[j]!);
  const tx = midRanks(x).ties;
  const ty = midRanks(y).ties;
  const over = (ties: number[], f: (t: number) => number) => ties.reduce((sum, t) => sum + f(t), 0);
  const pairs = (n * (n - 1)) / 2;
  const bottom = Math.sqrt(
    (pairs - over(tx, (t) => (t * (t - 1)) / 2)) * (pairs - over(ty, (t) => (t * (t - 1)) / 2)),
  );
  if (!(bottom > 0)) return SAME;
  const cubic = (t: number) => t * (t - 1) * (2 * t + 5);
  const square = (t: number) => t * (t - 1);
  const third = (t: number) => t * (t - 1) * (t - 2);
  const variance =
    (cubic(n) - over(tx, cubic) - over(ty, cubic)) / 18 +
    (over(tx, square) * over(ty, square)) / (2 * n * (n - 1)) +
    (over(tx, third) * over(ty, third)) / (9 * n * (n - 1) * (n - 2));
  return {
    estimate: s / bottom,
    lower: null,
    upper: null,
    p: Math.min(1, 2 * normalUpper(Math.abs(s) / Math.sqrt(variance))),
  };
}
