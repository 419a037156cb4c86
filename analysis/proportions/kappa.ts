import { normalQuantile } from '../distributions/normal.ts';
import { type Interval, upperProbability } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';
import { type CountTable, checkTable } from './contingency.ts';

export type KappaWeights = 'none' | 'linear' | 'quadratic';

/**
 * Cohen's κ of a square table of two raters, unweighted or with weights w = 1 − |i−j|/(k−1) or 1 − (i−j)²/(k−1)²:
 * κ = (p_o − p_e)/(1 − p_e), p_o = Σwᵢⱼpᵢⱼ, p_e = Σwᵢⱼpᵢ₊p₊ⱼ, with the large-sample variance
 *
 *     (Σpᵢⱼ(wᵢⱼ − (w̄ᵢ₊ + w̄₊ⱼ)(1−κ))² − (κ − p_e(1−κ))²)/(n(1−p_e)²),  w̄ᵢ₊ = Σⱼp₊ⱼwᵢⱼ, w̄₊ⱼ = Σᵢpᵢ₊wᵢⱼ
 *
 * Source: Cohen J. Educ Psychol Meas 1960;20:37–46, Psychol Bull 1968;70:213–220; Fleiss JL, Cohen J, Everitt BS.
 * Psychol Bull 1969;72:323–327.
 */
export function cohenKappa(
  table: CountTable,
  weights: KappaWeights = 'none',
  level = 0.95,
): (Interval & { se: number }) | Unavailable {
  checkTable(table);
  const z = normalQuantile(upperProbability(level));
  const k = table.length;
  if (k < 2 || table[0]!.length !== k)
    throw new RangeError('Two raters use the same two or more categories.');
  const n = table.flat().reduce((a, b) => a + b, 0);
  if (n === 0) return { reason: 'Nobody was rated.' };
  const weight = (i: number, j: number) => {
    if (weights === 'none') return Number(i === j);
    const distance = Math.abs(i - j) / (k - 1);
    return 1 - (weights === 'linear' ? distance : distance ** 2);
  };
  const p = table.map((row) => row.map((c) => c / n));
  const first = p.map((row) => row.reduce((a, b) => a + b, 0));
  const second = p[0]!.map((_, j) => p.reduce((sum, row) => sum + row[j]!, 0));
  let observed = 0;
  let chance = 0;
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) {
      observed += weight(i, j) * p[i]![j]!;
      chance += weight(i, j) * first[i]! * second[j]!;
    }
  if (!(1 - chance > 1e-12)) return { reason: 'Both raters used one category only.' };
  const estimate = (observed - chance) / (1 - chance);
  const rowMean = first.map((_, i) => second.reduce((s, q, j) => s + q * weight(i, j), 0));
  const columnMean = second.map((_, j) => first.reduce((s, q, i) => s + q * weight(i, j), 0));
  let sum = 0;
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++)
      sum += p[i]![j]! * (weight(i, j) - (rowMean[i]! + columnMean[j]!) * (1 - estimate)) ** 2;
  const variance = (sum - (estimate - chance * (1 - estimate)) ** 2) / (n * (1 - chance) ** 2);
  const se = Math.sqrt(Math.max(0, variance));
  return { estimate, se, lower: estimate - z * se, upper: estimate + z * se };
}
