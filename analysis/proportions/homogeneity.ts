import { chiSquareUpper } from '../distributions/gamma.ts';
import type { Unavailable } from '../unavailable.ts';
import type { ChiSquare } from './contingency.ts';
import { mantelHaenszelOdds, NO_STRATUM, strataCells } from './mantel-haenszel.ts';
import type { PairStratum } from './score-difference.ts';

/**
 * Breslow–Day test that the odds ratios of K strata are equal, with Tarone's correction.
 *
 * Given the Mantel–Haenszel odds ratio ψ, A is the count that gives stratum k the odds ratio ψ with its margins (the
 * root of A(n₂ − m + A) = ψ(n₁ − A)(m − A) within the margins), and V = 1/(1/A + 1/B + 1/C + 1/D):
 *
 *     Breslow–Day Σ(a − A)²/V;   Tarone: less (Σ(a − A))²/ΣV;   both χ² with K − 1 degrees of freedom
 *
 * Source: Breslow NE, Day NE. Statistical Methods in Cancer Research I. IARC 1980, eq. 4.30; Tarone RE. Biometrika
 * 1985;72:91–95. Strata whose margins allow one table only are left out.
 */
export function oddsHomogeneity(
  strata: readonly PairStratum[],
): { breslowDay: ChiSquare; tarone: ChiSquare } | Unavailable {
  const cells = strataCells(strata).filter(({ a, c, n }) => a + c > 0 && a + c < n);
  if (cells.length === 0) return NO_STRATUM;
  if (cells.length === 1) return { reason: 'One informative stratum: there is nothing to compare it with.' };
  const common = mantelHaenszelOdds(strata);
  if ('reason' in common) return common;
  const odds = common.estimate;
  let statistic = 0;
  let gaps = 0;
  let variances = 0;
  for (const { a, c, n1, n2 } of cells) {
    const m = a + c;
    // (1−ψ)A² + (n₂ − m + ψ(n₁ + m))A − ψn₁m = 0, its root within the margins, without cancellation at ψ = 1.
    const qa = 1 - odds;
    const qb = n2 - m + odds * (n1 + m);
    const qc = -odds * n1 * m;
    const fitted = (-2 * qc) / (qb + Math.sqrt(qb * qb - 4 * qa * qc));
    const variance = 1 / (1 / fitted + 1 / (n1 - fitted) + 1 / (m - fitted) + 1 / (n2 - m + fitted));
    statistic += (a - fitted) ** 2 / variance;
    gaps += a - fitted;
    variances += variance;
  }
  const df = cells.length - 1;
  const test = (value: number): ChiSquare => ({ statistic: value, df, p: chiSquareUpper(value, df) });
  return { breslowDay: test(statistic), tarone: test(Math.max(0, statistic - (gaps * gaps) / variances)) };
}
