import { normalQuantile, normalUpper } from '../distributions/normal.ts';
import { upperProbability } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';
import { describeSample, midRanks, tieTerm } from './sample.ts';

/** Largest n₁·n₂ for which the exact distribution is computed. */
const EXACT_LIMIT = 10_000;

/**
 * P(W = w), w = 0…mn, for the Mann–Whitney count under the null, by the recursion of Mann & Whitney (1947) in
 * probabilities: p(m, n, w) = m/(m+n)·p(m−1, n, w−n) + n/(m+n)·p(m, n−1, w). All terms positive.
 */
export function mannWhitneyMass(m: number, n: number): Float64Array {
  // rows[j] is p(i, j, ·) for the current i.
  let rows: Float64Array[] = Array.from({ length: n + 1 }, () => Float64Array.of(1));
  for (let i = 1; i <= m; i++) {
    const next: Float64Array[] = [Float64Array.of(1)];
    for (let j = 1; j <= n; j++) {
      const mass = new Float64Array(i * j + 1);
      const up = rows[j]!;
      const left = next[j - 1]!;
      for (let w = 0; w < up.length; w++) mass[w + j]! += (i / (i + j)) * up[w]!;
      for (let w = 0; w < left.length; w++) mass[w]! += (j / (i + j)) * left[w]!;
      next.push(mass);
    }
    rows = next;
  }
  return rows[n]!;
}

function lowerTail(mass: Float64Array, w: number): number {
  let sum = 0;
  for (let i = 0; i <= w && i < mass.length; i++) sum += mass[i]!;
  return sum;
}

export interface MannWhitney {
  /** Pairs in which the first group's value is larger, ties as half (R's W). */
  w: number;
  /** W/(n₁n₂): P(X > Y) + ½P(X = Y). */
  superiority: number;
  /** Exact two-sided p; null with ties or large groups. */
  exact: number | null;
  /** Normal approximation with tie correction. */
  asymptotic: { z: number; p: number };
  /** … and with continuity correction. */
  corrected: { z: number; p: number };
  /** Hodges–Lehmann shift: median of all differences first − second. */
  shift: { estimate: number; lower: number; upper: number; method: 'exact' | 'asymptotic' };
}

/**
 * Mann–Whitney (Wilcoxon rank-sum) test with the Hodges–Lehmann shift.
 *
 * - exact p: 2·min(P(W ≤ w), P(W ≥ w)), at most 1, without ties;
 * - approximation: z = (W − mn/2)/σ, σ² = mn/12·(N + 1 − Σ(t³−t)/(N(N−1)));
 * - shift: the median of the mn differences (not, as `wilcox.test(exact = FALSE)` has it, a root of the normal
 *   approximation); its limits are the k-th smallest and k-th largest differences, k the least count
 *   with P(W ≤ k) ≥ α/2 (Bauer 1972), or from the normal approximation
 *   ⌊mn/2 − z√(mn(N+1)/12)⌋ (at least 1) when there are ties or the groups are large.
 *
 * Source: Mann HB, Whitney DR. Ann Math Stat 1947;18:50–60; Hodges JL, Lehmann EL. Ann Math Stat 1963;34:598–611;
 * Bauer DF. J Am Stat Assoc 1972;67:687–690; Hollander & Wolfe 1999, section 4.3.
 */
export function mannWhitney(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): MannWhitney | Unavailable {
  const alpha = 1 - upperProbability(level);
  const m = describeSample(first).n;
  const n = describeSample(second).n;
  if (m === 0 || n === 0) return { reason: 'A group has nobody observed.' };
  const { ranks, ties } = midRanks([...first, ...second]);
  const w = ranks.slice(0, m).reduce((a, b) => a + b, 0) - (m * (m + 1)) / 2;
  const total = m + n;
  const sigma = Math.sqrt(((m * n) / 12) * (total + 1 - tieTerm(ties) / (total * (total - 1))));
  if (!(sigma > 0)) return { reason: 'All values are the same.' };
  const approximate = (gap: number) => {
    const z = gap / sigma;
    return { z, p: Math.min(1, 2 * normalUpper(Math.abs(z))) };
  };
  const gap = w - (m * n) / 2;
  const isExact = ties.every((t) => t === 1) && m * n <= EXACT_LIMIT;
  const mass = isExact ? mannWhitneyMass(m, n) : null;
  const differences = new Float64Array(m * n);
  first.forEach((x, i) => {
    second.forEach((y, j) => {
      differences[i * n + j] = x - y;
    });
  });
  differences.sort();
  const half = differences.length >> 1;
  const median =
    differences.length % 2 === 1 ? differences[half]! : (differences[half - 1]! + differences[half]!) / 2;
  let k: number;
  if (mass) {
    // The smallest k with P(W ≤ k) ≥ α/2, R's qwilcox; at least 1.
    k = 0;
    for (let sum = mass[0]!; sum < alpha; sum += mass[++k]!);
    k = Math.max(1, k);
  } else {
    const z = normalQuantile(1 - alpha);
    k = Math.max(1, Math.floor((m * n) / 2 - z * Math.sqrt((m * n * (total + 1)) / 12)));
  }
  return {
    w,
    superiority: w / (m * n),
    exact: mass ? Math.min(1, 2 * lowerTail(mass, Math.min(w, m * n - w))) : null,
    asymptotic: approximate(gap),
    corrected: approximate(gap - Math.sign(gap) * 0.5),
    shift: {
      estimate: median,
      lower: differences[k - 1]!,
      upper: differences[differences.length - k]!,
      method: mass ? 'exact' : 'asymptotic',
    },
  };
}
