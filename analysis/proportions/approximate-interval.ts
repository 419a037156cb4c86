import { normalQuantile } from '../distributions/normal.ts';
import { checkCounts, type Interval, upperProbability } from '../interval.ts';

/**
 * Wald's interval p̂ ± z√(p̂(1−p̂)/n). Shown for comparison with older reports: it covers too little, is empty at
 * 0 and n successes, and may leave [0, 1] (it is not cut off here).
 */
export function waldInterval(successes: number, total: number, level = 0.95): Interval | null {
  checkCounts(successes, total);
  const z = normalQuantile(upperProbability(level));
  if (total === 0) return null;
  const p = successes / total;
  const half = z * Math.sqrt((p * (1 - p)) / total);
  return { estimate: p, lower: p - half, upper: p + half };
}

/**
 * The Agresti–Coull interval p̃ ± z√(p̃(1−p̃)/ñ) with ñ = n + z², p̃ = (x + z²/2)/ñ: Wald's after adding z²/2
 * successes and as many failures. Not cut off at 0 or 1.
 *
 * Source: Agresti A, Coull BA. Am Stat 1998;52:119–126.
 */
export function agrestiCoullInterval(successes: number, total: number, level = 0.95): Interval | null {
  checkCounts(successes, total);
  const z = normalQuantile(upperProbability(level));
  if (total === 0) return null;
  const size = total + z * z;
  const centre = (successes + (z * z) / 2) / size;
  const half = z * Math.sqrt((centre * (1 - centre)) / size);
  return { estimate: successes / total, lower: centre - half, upper: centre + half };
}

/**
 * Wilson's interval with continuity correction:
 *
 *     lower = (2x + z² − 1 − z√(z² − 2 − 1/n + 4p̂(n(1−p̂) + 1))) / (2(n + z²))
 *     upper = (2x + z² + 1 + z√(z² + 2 − 1/n + 4p̂(n(1−p̂) − 1))) / (2(n + z²))
 *
 * Source: Newcombe RG. Stat Med 1998;17:857–872, method 4; R's `prop.test`.
 */
export function wilsonCorrectedInterval(successes: number, total: number, level = 0.95): Interval | null {
  checkCounts(successes, total);
  const z = normalQuantile(upperProbability(level));
  if (total === 0) return null;
  const p = successes / total;
  const square = z * z;
  const bottom = 2 * (total + square);
  const low = square - 2 - 1 / total + 4 * p * (total * (1 - p) + 1);
  const high = square + 2 - 1 / total + 4 * p * (total * (1 - p) - 1);
  return {
    estimate: p,
    lower: successes === 0 ? 0 : Math.max(0, (2 * successes + square - 1 - z * Math.sqrt(low)) / bottom),
    upper: successes === total ? 1 : Math.min(1, (2 * successes + square + 1 + z * Math.sqrt(high)) / bottom),
  };
}
