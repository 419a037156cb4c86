import { normalQuantile } from '../distributions/normal.ts';
import { checkCounts, type Interval, upperProbability } from '../interval.ts';
import { wilsonCorrectedInterval } from './approximate-interval.ts';
import type { Proportion } from './newcombe.ts';

/** Wald's interval d ± z√(p̂₁q̂₁/n₁ + p̂₂q̂₂/n₂) for a risk difference; null where a group is empty. */
export function waldDifference(first: Proportion, second: Proportion, level = 0.95): Interval | null {
  checkCounts(first.successes, first.total);
  checkCounts(second.successes, second.total);
  const z = normalQuantile(upperProbability(level));
  if (first.total === 0 || second.total === 0) return null;
  const p1 = first.successes / first.total;
  const p2 = second.successes / second.total;
  const half = z * Math.sqrt((p1 * (1 - p1)) / first.total + (p2 * (1 - p2)) / second.total);
  return { estimate: p1 - p2, lower: p1 - p2 - half, upper: p1 - p2 + half };
}

/**
 * The Agresti–Caffo interval for a risk difference: Wald's after adding one success and one failure to each group.
 * `estimate` is the plain difference, not the shrunken centre of the interval.
 *
 * Source: Agresti A, Caffo B. Am Stat 2000;54:280–288.
 */
export function agrestiCaffoInterval(first: Proportion, second: Proportion, level = 0.95): Interval | null {
  const plain = waldDifference(first, second, level);
  const shrunken = waldDifference(
    { successes: first.successes + 1, total: first.total + 2 },
    { successes: second.successes + 1, total: second.total + 2 },
    level,
  );
  if (plain === null || shrunken === null) return null;
  return { ...shrunken, estimate: plain.estimate };
}

/**
 * Newcombe's hybrid score interval with continuity correction ("method 11"): as method 10, from the corrected
 * Wilson limits of each group.
 *
 * Source: Newcombe RG. Stat Med 1998;17:873–890.
 */
export function newcombeCorrectedInterval(
  first: Proportion,
  second: Proportion,
  level = 0.95,
): Interval | null {
  const one = wilsonCorrectedInterval(first.successes, first.total, level);
  const two = wilsonCorrectedInterval(second.successes, second.total, level);
  if (one === null || two === null) return null;
  const estimate = one.estimate - two.estimate;
  return {
    estimate,
    lower: estimate - Math.hypot(one.estimate - one.lower, two.upper - two.estimate),
    upper: estimate + Math.hypot(one.upper - one.estimate, two.estimate - two.lower),
  };
}
