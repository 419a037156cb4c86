import { hypergeometric } from '../distributions/discrete.ts';
import { chiSquareUpper } from '../distributions/gamma.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { checkCounts, type Interval, upperProbability } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';
import type { ChiSquare } from './contingency.ts';
import type { PairStratum } from './score-difference.ts';

interface Cells {
  a: number;
  b: number;
  c: number;
  d: number;
  n1: number;
  n2: number;
  n: number;
}

/** Cells of the strata that have both groups; the others carry no information. */
export function strataCells(strata: readonly PairStratum[]): Cells[] {
  return strata
    .map(({ first, second }) => {
      checkCounts(first.successes, first.total);
      checkCounts(second.successes, second.total);
      return {
        a: first.successes,
        b: first.total - first.successes,
        c: second.successes,
        d: second.total - second.successes,
        n1: first.total,
        n2: second.total,
        n: first.total + second.total,
      };
    })
    .filter(({ n1, n2 }) => n1 > 0 && n2 > 0);
}

export const NO_STRATUM: Unavailable = { reason: 'No stratum has people observed in both groups.' };
export const NO_VARIATION: Unavailable = {
  reason: 'In every stratum all outcomes are the same: there is nothing to compare.',
};

/**
 * Cochran–Mantel–Haenszel test of conditional independence in 2×2×K tables,
 *
 *     (|Σ(a − E)| − c)² / ΣV,   E = n₁m/n,  V = n₁n₂m(n−m)/(n²(n−1)),  m = a + c (successes)
 *
 * with c = ½ for the continuity correction where |Σ(a − E)| ≥ ½ (as R has it), else 0.
 * Source: Mantel N, Haenszel W. JNCI 1959;22:719–748; Cochran WG. Biometrics 1954;10:417–451.
 */
export function cochranMantelHaenszel(
  strata: readonly PairStratum[],
  corrected = false,
): ChiSquare | Unavailable {
  const cells = strataCells(strata);
  if (cells.length === 0) return NO_STRATUM;
  let gap = 0;
  let variance = 0;
  for (const { a, c, n1, n2, n } of cells) {
    const m = a + c;
    gap += a - (n1 * m) / n;
    if (n > 1) variance += (n1 * n2 * m * (n - m)) / (n * n * (n - 1));
  }
  if (!(variance > 0)) return NO_VARIATION;
  const distance = Math.abs(gap) - (corrected && Math.abs(gap) >= 0.5 ? 0.5 : 0);
  const statistic = distance ** 2 / variance;
  return { statistic, df: 1, p: chiSquareUpper(statistic, 1) };
}

/**
 * Exact conditional test of a common odds ratio of 1: given all margins Σa is a sum of independent hypergeometric
 * counts, whose distribution is their convolution; two-sided by tables no more likely than the observed one
 * (R's `mantelhaen.test(exact = TRUE)`).
 */
export function exactMantelHaenszel(strata: readonly PairStratum[]): { p: number } | Unavailable {
  const cells = strataCells(strata);
  if (cells.length === 0) return NO_STRATUM;
  let mass = Float64Array.of(1);
  let offset = 0;
  let observed = 0;
  for (const { a, c, n1, n2 } of cells) {
    const part = hypergeometric(n1, n2, a + c);
    offset += part.low;
    observed += a;
    const next = new Float64Array(mass.length + part.mass.length - 1);
    mass.forEach((m, i) => {
      part.mass.forEach((q, j) => {
        next[i + j]! += m * q;
      });
    });
    mass = next;
  }
  const limit = mass[observed - offset]! * (1 + 1e-7);
  return {
    p: Math.min(
      1,
      mass.reduce((sum, m) => (m <= limit ? sum + m : sum), 0),
    ),
  };
}

/**
 * Mantel–Haenszel common odds ratio Σ(ad/n)/Σ(bc/n) with the interval of Robins, Breslow & Greenland (Biometrics
 * 1986;42:311–323): with R = ad/n, S = bc/n, P = (a+d)/n, Q = (b+c)/n,
 *
 *     Var ln OR = ΣPR/(2(ΣR)²) + Σ(PS+QR)/(2ΣRΣS) + ΣQS/(2(ΣS)²)
 */
export function mantelHaenszelOdds(strata: readonly PairStratum[], level = 0.95): Interval | Unavailable {
  const z = normalQuantile(upperProbability(level));
  const cells = strataCells(strata);
  if (cells.length === 0) return NO_STRATUM;
  let r = 0;
  let s = 0;
  let pr = 0;
  let mixed = 0;
  let qs = 0;
  for (const { a, b, c, d, n } of cells) {
    const R = (a * d) / n;
    const S = (b * c) / n;
    const P = (a + d) / n;
    const Q = (b + c) / n;
    r += R;
    s += S;
    pr += P * R;
    mixed += P * S + Q * R;
    qs += Q * S;
  }
  if (r === 0 || s === 0)
    return { reason: 'Zero cells in every stratum: the common odds ratio is 0, infinite or undefined.' };
  const half = z * Math.sqrt(pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s));
  return { estimate: r / s, lower: (r / s) * Math.exp(-half), upper: (r / s) * Math.exp(half) };
}

/**
 * Mantel–Haenszel common risk ratio Σ(a·n₂/n)/Σ(c·n₁/n) with Greenland & Robins' variance of its logarithm
 * (Biometrics 1985;41:55–68, eq. 13): Σ((n₁n₂m − a·c·n)/n²)/(ΣRΣS).
 */
export function mantelHaenszelRatio(strata: readonly PairStratum[], level = 0.95): Interval | Unavailable {
  const z = normalQuantile(upperProbability(level));
  const cells = strataCells(strata);
  if (cells.length === 0) return NO_STRATUM;
  let r = 0;
  let s = 0;
  let top = 0;
  for (const { a, c, n1, n2, n } of cells) {
    r += (a * n2) / n;
    s += (c * n1) / n;
    top += (n1 * n2 * (a + c) - a * c * n) / (n * n);
  }
  if (r === 0 || s === 0)
    return { reason: 'A group has no event in any stratum: the ratio has no interval.' };
  const half = z * Math.sqrt(top / (r * s));
  return { estimate: r / s, lower: (r / s) * Math.exp(-half), upper: (r / s) * Math.exp(half) };
}

export interface CommonDifference extends Interval {
  se: number;
  /** Greenland & Robins' standard error, for reports that name it. */
  seGreenlandRobins: number;
}

/**
 * Mantel–Haenszel common risk difference Σ(a·n₂ − c·n₁)/n / Σ(n₁n₂/n), with
 *
 *   Sato (1989, Biometrics 45:1323–1324):  Var = (δΣP + ΣQ)/W²,  W = Σ n₁n₂/n
 *     P = (n₁²c − n₂²a + n₁n₂(n₂−n₁)/2)/n²,  Q = (a(n₂−c) + c(n₁−a))/(2n)
 *   Greenland & Robins (1985, eq. 4):  Var = Σ(a·b·n₂³ + c·d·n₁³)/(n₁n₂n²)/W²
 *
 * The interval is Sato's (valid with large strata as with many sparse ones).
 */
export function mantelHaenszelDifference(
  strata: readonly PairStratum[],
  level = 0.95,
): CommonDifference | Unavailable {
  const z = normalQuantile(upperProbability(level));
  const cells = strataCells(strata);
  if (cells.length === 0) return NO_STRATUM;
  let top = 0;
  let weight = 0;
  let p = 0;
  let q = 0;
  let greenlandRobins = 0;
  for (const { a, b, c, d, n1, n2, n } of cells) {
    top += (a * n2 - c * n1) / n;
    weight += (n1 * n2) / n;
    p += (n1 * n1 * c - n2 * n2 * a + (n1 * n2 * (n2 - n1)) / 2) / (n * n);
    q += (a * (n2 - c) + c * (n1 - a)) / (2 * n);
    greenlandRobins += (a * b * n2 ** 3 + c * d * n1 ** 3) / (n1 * n2 * n * n);
  }
  const estimate = top / weight;
  const se = Math.sqrt(Math.max(0, estimate * p + q)) / weight;
  return {
    estimate,
    lower: estimate - z * se,
    upper: estimate + z * se,
    se,
    seGreenlandRobins: Math.sqrt(greenlandRobins) / weight,
  };
}
