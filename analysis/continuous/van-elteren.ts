import { normalUpper } from '../distributions/normal.ts';
import type { Unavailable } from '../unavailable.ts';
import { describeSample, midRanks } from './sample.ts';

export interface RankStratum {
  first: readonly number[];
  second: readonly number[];
}

/**
 * How ranks are given and strata weighted:
 *
 *   `van-elteren` ranks within strata, weights 1/(N+1): locally most powerful (van Elteren PH. Bull ISI
 *                 1960;37:351–361; SAS's CMH with modified ridits)
 *   `within`      ranks within strata, equal weights
 *   `overall`     ranks over all strata together, equal weights (R's `coin::wilcox_test(y ~ g | s)`)
 */
export type StratifiedRanking = 'van-elteren' | 'within' | 'overall';

/**
 * Stratified Wilcoxon test: the rank sums T of the first group, each centred at its mean given the stratum's ranks r,
 * pooled as z = Σw(T − m·r̄)/√(Σw²·mn·s²ᵣ/N), s²ᵣ the variance (N − 1) of the stratum's ranks.
 */
export function stratifiedRanks(
  strata: readonly RankStratum[],
  ranking: StratifiedRanking = 'van-elteren',
): { z: number; p: number } | Unavailable {
  const used = strata.filter(({ first, second }) => first.length > 0 && second.length > 0);
  const pooled = strata.map(({ first, second }) => [...first, ...second]);
  pooled.forEach(describeSample);
  const overall = ranking === 'overall' ? midRanks(pooled.flat()).ranks : null;
  let at = 0;
  let gap = 0;
  let variance = 0;
  for (const stratum of strata) {
    const { first, second } = stratum;
    const total = first.length + second.length;
    const ranks = overall ? overall.slice(at, at + total) : midRanks([...first, ...second]).ranks;
    at += total;
    if (!used.includes(stratum)) continue;
    const { mean, variance: spread } = describeSample(ranks);
    const weight = ranking === 'van-elteren' ? 1 / (total + 1) : 1;
    gap += weight * (ranks.slice(0, first.length).reduce((a, b) => a + b, 0) - first.length * mean);
    variance += (weight ** 2 * first.length * second.length * spread) / total;
  }
  if (!(variance > 0)) return { reason: 'No stratum has both groups with differing values.' };
  const z = gap / Math.sqrt(variance);
  return { z, p: 2 * normalUpper(Math.abs(z)) };
}
