import type { Interval } from '../interval.ts';
import { wilsonInterval } from './wilson.ts';

/** Successes among those observed. */
export interface Proportion {
  successes: number;
  total: number;
}

/**
 * The difference between two independent proportions with Newcombe's hybrid score interval ("method 10"):
 * Wilson's limits (lᵢ, uᵢ) of each proportion, squared and added,
 *
 *     lower = d − √( (p̂₁ − l₁)² + (u₂ − p̂₂)² )
 *     upper = d + √( (u₁ − p̂₁)² + (p̂₂ − l₂)² ),    d = p̂₁ − p̂₂.
 *
 * The difference is smallest when the first proportion is as low and the second as high as its own interval
 * allows, so the lower limit takes the first's distance downwards and the second's upwards. The limits never
 * pass ±1, and swapping the two groups negates the interval.
 *
 * Source: Newcombe RG. Interval estimation for the difference between independent proportions: comparison of
 * eleven methods. Stat Med 1998;17:873–890, method 10, without continuity correction.
 *
 * @param first whose proportion the other is taken from
 * @param second the other group
 * @param level confidence level, 0 < level < 1
 * @returns limits within [−1, 1], or null where either group has nobody observed
 * @throws RangeError for counts or a level out of range
 * @example newcombeInterval({ successes: 56, total: 70 }, { successes: 48, total: 80 }, 0.95)
 *   // { estimate: 0.2, lower: 0.0524, upper: 0.3339 }
 */
export function newcombeInterval(first: Proportion, second: Proportion, level = 0.95): Interval | null {
  const one = wilsonInterval(first.successes, first.total, level);
  const two = wilsonInterval(second.successes, second.total, level);
  if (one === null || two === null) return null;
  const difference = one.estimate - two.estimate;
  return {
    estimate: difference,
    lower: difference - Math.hypot(one.estimate - one.lower, two.upper - two.estimate),
    upper: difference + Math.hypot(one.upper - one.estimate, two.estimate - two.lower),
  };
}
