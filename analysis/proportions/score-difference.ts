import { bracketedRoot } from '../distributions/bracket.ts';
import { normalQuantile, normalUpper } from '../distributions/normal.ts';
import { checkCounts, type Interval, upperProbability } from '../interval.ts';
import type { Proportion } from './newcombe.ts';
import { restrictedByDifference } from './restricted.ts';

/** `miettinen-nurminen` multiplies the variance by N/(N−1); `farrington-manning` (and Mee 1984) does not. */
export type ScoreVariance = 'miettinen-nurminen' | 'farrington-manning';

export interface PairStratum {
  first: Proportion;
  second: Proportion;
}

function checkPair({ first, second }: PairStratum): void {
  checkCounts(first.successes, first.total);
  checkCounts(second.successes, second.total);
}

function variance({ first, second }: PairStratum, delta: number, kind: ScoreVariance): number {
  const { p1, p2 } = restrictedByDifference(first, second, delta);
  const n = first.total + second.total;
  const plain = (p1 * (1 - p1)) / first.total + (p2 * (1 - p2)) / second.total;
  return kind === 'miettinen-nurminen' ? (plain * n) / (n - 1) : plain;
}

/** Numerator and variance of the score statistic, pooled over strata with Mantel–Haenszel weights n₁n₂/N. */
function score(strata: PairStratum[], delta: number, kind: ScoreVariance): { gap: number; variance: number } {
  let gap = 0;
  let total = 0;
  let weights = 0;
  for (const stratum of strata) {
    const { first, second } = stratum;
    const weight = (first.total * second.total) / (first.total + second.total);
    weights += weight;
    gap += weight * (first.successes / first.total - second.successes / second.total - delta);
    total += weight * weight * variance(stratum, delta, kind);
  }
  return { gap: gap / weights, variance: total / weights ** 2 };
}

/**
 * A risk difference p₁ − p₂ with the score interval: all δ that the score test doesn't reject,
 *
 *     |d − δ| ≤ z√V(δ),   V(δ) = (p̃₁(1−p̃₁)/n₁ + p̃₂(1−p̃₂)/n₂)·N/(N−1)
 *
 * with p̃ the maximum-likelihood proportions given p₁ − p₂ = δ. In strata, d and V are pooled with the
 * Mantel–Haenszel weights w = n₁n₂/N: Σw(d−δ)/√(Σw²V). Limits by root search to the spacing of doubles.
 *
 * Source: Miettinen O, Nurminen M. Stat Med 1985;4:213–226, eq. 8, 9 and 20; without N/(N−1): Mee RW. Biometrics
 * 1984;40:1175–1176; Farrington CP, Manning G. Stat Med 1990;9:1447–1454.
 *
 * @param strata one stratum for the unstratified interval; strata with an empty group carry no information and are
 *   left out
 * @returns limits within [−1, 1]; null where no stratum has both groups
 */
export function scoreDifference(
  strata: PairStratum | PairStratum[],
  level = 0.95,
  kind: ScoreVariance = 'miettinen-nurminen',
): Interval | null {
  const all = Array.isArray(strata) ? strata : [strata];
  all.forEach(checkPair);
  const z = normalQuantile(upperProbability(level));
  const used = all.filter(({ first, second }) => first.total > 0 && second.total > 0);
  if (used.length === 0) return null;
  const estimate = score(used, 0, kind).gap;
  const excess = (delta: number) => {
    const at = score(used, delta, kind);
    return at.gap * Math.abs(at.gap) - Math.sign(at.gap) * z * z * at.variance;
  };
  return {
    estimate,
    lower: estimate <= -1 ? -1 : (bracketedRoot((d) => excess(d), -1, estimate - 1e-15) ?? -1),
    upper: estimate >= 1 ? 1 : (bracketedRoot((d) => excess(d), estimate + 1e-15, 1) ?? 1),
  };
}

export interface MarginTest {
  /** Score statistic; positive when the difference lies above the margin. */
  z: number;
  /** P(Z > z): evidence that p₁ − p₂ exceeds the margin. */
  p: number;
}

/**
 * Score test of H₀: p₁ − p₂ ≤ margin against p₁ − p₂ > margin: non-inferiority for a negative margin (when higher
 * is better), superiority for 0. Farrington & Manning 1990, or with N/(N−1) as Miettinen & Nurminen 1985.
 *
 * @param margin −1 < margin < 1
 * @returns null where a group is empty or the variance at the margin is zero
 */
export function differenceMarginTest(
  pair: PairStratum,
  margin: number,
  kind: ScoreVariance = 'farrington-manning',
): MarginTest | null {
  checkPair(pair);
  if (!(margin > -1 && margin < 1)) throw new RangeError(`A margin lies between -1 and 1; got ${margin}.`);
  if (pair.first.total === 0 || pair.second.total === 0) return null;
  const at = score([pair], margin, kind);
  if (!(at.variance > 0)) return null;
  const z = at.gap / Math.sqrt(at.variance);
  return { z, p: normalUpper(z) };
}
