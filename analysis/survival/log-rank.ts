import { chiSquareUpper } from '../distributions/gamma.ts';
import { cholesky, choleskySolve } from '../linear/cholesky.ts';
import { dot, zeros } from '../linear/matrix.ts';
import type { ChiSquare } from '../proportions/contingency.ts';
import type { Unavailable } from '../unavailable.ts';
import { checkTimes, type Followed } from './times.ts';

export interface Grouped extends Followed {
  group: string;
  /** Test within strata, such as sites. */
  stratum?: string;
}

export interface LogRank extends ChiSquare {
  groups: { group: string; observed: number; expected: number }[];
}

/**
 * Log-rank test of k groups, in strata if given, with Harrington & Fleming's weights S(t−)^ρ: ρ = 0 is the log-rank
 * (Mantel N. Cancer Chemother Rep 1966;50:163–170), ρ = 1 Peto & Peto's modification of Wilcoxon. R's `survdiff`.
 *
 * At every event time: O − E with E = d·nᵢ/n, V = d(n−d)/(n−1)·(nᵢ/n)(δᵢⱼ − nⱼ/n); S is Kaplan–Meier of the stratum.
 */
export function logRank(people: readonly Grouped[], rho = 0): LogRank | Unavailable {
  checkTimes(people);
  const groups = [...new Set(people.map((p) => p.group))].sort();
  const k = groups.length;
  if (k < 2) return { reason: 'At least two groups are needed.' };
  const observed = new Array<number>(k).fill(0);
  const expected = new Array<number>(k).fill(0);
  const variance = zeros(k, k);
  for (const stratum of new Set(people.map((p) => p.stratum ?? ''))) {
    const own = people.filter((p) => (p.stratum ?? '') === stratum);
    const times = [...new Set(own.filter((p) => p.event).map((p) => p.time))].sort((a, b) => a - b);
    let survival = 1;
    for (const time of times) {
      const risk = groups.map((g) => own.filter((p) => p.group === g && p.time >= time).length);
      const events = groups.map((g) => own.filter((p) => p.group === g && p.event && p.time === time).length);
      const n = risk.reduce((a, b) => a + b, 0);
      const d = events.reduce((a, b) => a + b, 0);
      const weight = survival ** rho;
      for (let i = 0; i < k; i++) {
        observed[i]! += weight * events[i]!;
        expected[i]! += (weight * d * risk[i]!) / n;
        if (n > 1)
          for (let j = 0; j < k; j++)
            variance.data[i * k + j]! +=
              ((weight ** 2 * d * (n - d)) / (n - 1)) * (risk[i]! / n) * (Number(i === j) - risk[j]! / n);
      }
      survival *= 1 - d / n;
    }
  }
  // One group is redundant; groups never at risk with events would make the matrix singular.
  const kept = groups.map((_, i) => i).filter((i) => expected[i]! > 0);
  const used = kept.slice(1);
  if (used.length === 0) return { reason: 'No two groups were at risk when an event happened.' };
  const inner = zeros(used.length, used.length);
  used.forEach((i, a) => {
    used.forEach((j, b) => {
      inner.data[a * used.length + b] = variance.data[i * k + j]!;
    });
  });
  const factor = cholesky(inner);
  if (!factor) return { reason: 'The groups were never at risk together: there is nothing to compare.' };
  const gap = used.map((i) => observed[i]! - expected[i]!);
  const statistic = dot(gap, choleskySolve(factor, gap));
  const df = used.length;
  return {
    statistic,
    df,
    p: chiSquareUpper(statistic, df),
    groups: groups.map((group, i) => ({ group, observed: observed[i]!, expected: expected[i]! })),
  };
}
