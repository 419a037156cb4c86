import { normalUpper } from '../distributions/normal.ts';
import { upperProbability } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';
import { describeSample, midRanks, tieTerm } from './sample.ts';

export interface SignedRank {
  /** Sum of the ranks of positive differences (R's V). */
  v: number;
  /** Differences that aren't 0. */
  n: number;
  /** Exact two-sided p; null with ties or zeros, or more than 200 differences. */
  exact: number | null;
  asymptotic: { z: number; p: number };
  corrected: { z: number; p: number };
  /** Hodges–Lehmann: median of the Walsh averages (dᵢ + dⱼ)/2; limits exact, null where `exact` is. */
  centre: { estimate: number; lower: number | null; upper: number | null };
}

/**
 * Wilcoxon's signed-rank test of differences about 0; zeros are dropped (Wilcoxon F. Biometrics Bull 1945;1:80–83).
 * Exact null distribution: V is a sum over ranks r of r with probability ½ each. Approximation:
 * σ² = n(n+1)(2n+1)/24 − Σ(t³−t)/48. R's `wilcox.test(paired = TRUE)`.
 */
export function signedRank(differences: readonly number[], level = 0.95): SignedRank | Unavailable {
  const alpha = 1 - upperProbability(level);
  describeSample(differences);
  const kept = differences.filter((d) => d !== 0);
  const n = kept.length;
  if (n === 0) return { reason: 'No difference is other than 0.' };
  const { ranks, ties } = midRanks(kept.map(Math.abs));
  const v = kept.reduce((sum, d, i) => (d > 0 ? sum + ranks[i]! : sum), 0);
  const most = (n * (n + 1)) / 2;
  const sigma = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - tieTerm(ties) / 48);
  const approximate = (gap: number) => ({
    z: gap / sigma,
    p: Math.min(1, 2 * normalUpper(Math.abs(gap / sigma))),
  });
  const gap = v - most / 2;
  const isExact = n === differences.length && ties.every((t) => t === 1) && n <= 200;
  const walsh: number[] = [];
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) walsh.push((kept[i]! + kept[j]!) / 2);
  walsh.sort((a, b) => a - b);
  const half = walsh.length >> 1;
  const estimate = walsh.length % 2 === 1 ? walsh[half]! : (walsh[half - 1]! + walsh[half]!) / 2;
  let exact: number | null = null;
  let lower: number | null = null;
  let upper: number | null = null;
  if (isExact) {
    let mass = Float64Array.of(1);
    for (let r = 1; r <= n; r++) {
      const next = new Float64Array(mass.length + r);
      mass.forEach((p, i) => {
        next[i]! += p / 2;
        next[i + r]! += p / 2;
      });
      mass = next;
    }
    let sum = 0;
    for (let i = 0; i <= Math.min(v, most - v); i++) sum += mass[i]!;
    exact = Math.min(1, 2 * sum);
    let k = 0;
    for (let below = mass[0]!; below < alpha; below += mass[++k]!);
    k = Math.max(1, k);
    lower = walsh[k - 1]!;
    upper = walsh[walsh.length - k]!;
  }
  return {
    v,
    n,
    exact,
    asymptotic: approximate(gap),
    corrected: approximate(gap - Math.sign(gap) * 0.5),
    centre: { estimate, lower, upper },
  };
}
