import type { Interval } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';

/**
 * Number needed to treat, from a risk difference and its interval (Altman DG. BMJ 1998;317:1309–1312; Bender R.
 * Control Clin Trials 2001;22:102–110). `benefit` counts towards the event the difference is about.
 *
 * When the interval of the difference contains 0, the interval of the number needed is not between its two limits but
 * outside them: from `benefitFrom` through infinity to `harmFrom`. It is then given as those two ends.
 */
export type NumberNeeded =
  | { shape: 'benefit' | 'harm'; estimate: number; lower: number; upper: number }
  | {
      shape: 'disjoint';
      /** 1/|difference|; Infinity when the difference is exactly 0. */
      estimate: number;
      direction: 'benefit' | 'harm';
      /** The interval holds every number needed to benefit from this one up (Infinity: none). */
      benefitFrom: number;
      /** … and every number needed to harm from this one up. */
      harmFrom: number;
    };

/** @param difference risk difference with its interval, such as Newcombe's */
export function numberNeeded(difference: Interval | null): NumberNeeded | Unavailable {
  if (difference === null) return { reason: 'A group has nobody observed.' };
  const { estimate, lower, upper } = difference;
  const direction = estimate >= 0 ? 'benefit' : 'harm';
  if (lower > 0) return { shape: 'benefit', estimate: 1 / estimate, lower: 1 / upper, upper: 1 / lower };
  if (upper < 0) return { shape: 'harm', estimate: -1 / estimate, lower: -1 / lower, upper: -1 / upper };
  return {
    shape: 'disjoint',
    estimate: Math.abs(1 / estimate),
    direction,
    benefitFrom: 1 / upper,
    harmFrom: lower === 0 ? Infinity : -1 / lower,
  };
}
