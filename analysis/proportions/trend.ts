import { normalUpper } from '../distributions/normal.ts';
import { checkCounts } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';
import type { Proportion } from './newcombe.ts';

/**
 * Cochran–Armitage test for a linear trend in proportions over groups with scores sᵢ:
 *
 *     z = Σ(xᵢ − nᵢp̄)sᵢ / √(p̄(1−p̄)·(Σnᵢsᵢ² − (Σnᵢsᵢ)²/N)),   p̄ = Σxᵢ/N
 *
 * z² is R's `prop.trend.test`; z > 0 when proportions grow with the scores.
 * Source: Cochran WG. Biometrics 1954;10:417–451; Armitage P. Biometrics 1955;11:375–386.
 */
export function trendTest(
  groups: readonly Proportion[],
  scores: readonly number[] = groups.map((_, i) => i),
): { z: number; twoSided: number; increasing: number; decreasing: number } | Unavailable {
  if (scores.length !== groups.length) throw new RangeError('Every group has one score.');
  let n = 0;
  let x = 0;
  let first = 0;
  let second = 0;
  groups.forEach(({ successes, total }, i) => {
    checkCounts(successes, total);
    const s = scores[i]!;
    n += total;
    x += successes;
    first += total * s;
    second += total * s * s;
  });
  if (n === 0) return { reason: 'Nobody was observed.' };
  const p = x / n;
  const variance = p * (1 - p) * (second - (first * first) / n);
  if (!(variance > 0))
    return { reason: 'All outcomes or all scores are the same: there is no trend to test.' };
  const gap = groups.reduce((sum, { successes, total }, i) => sum + (successes - total * p) * scores[i]!, 0);
  const z = gap / Math.sqrt(variance);
  return {
    z,
    twoSided: 2 * normalUpper(Math.abs(z)),
    increasing: normalUpper(z),
    decreasing: normalUpper(-z),
  };
}
