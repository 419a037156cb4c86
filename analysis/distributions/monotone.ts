import type { Tails } from './beta.ts';

export interface MonotoneProblem {
  /** Both tails at u; `lower` grows with u. */
  tails: (u: number) => Tails;
  /** Derivative of `lower` with respect to u, > 0. */
  slope: (u: number) => number;
  /** The lower-tail probability wanted, 0 < p < 1. */
  p: number;
  /** The upper-tail probability, where the caller knows it better than 1 − p. */
  upper?: number;
  start: number;
}

/**
 * Inverts a distribution function: the u with lower(u) = p.
 *
 * Newton's method on the logarithm of the smaller tail (which keeps its step useful far out, where the tail falls
 * off exponentially), inside a bracket: a step that leaves the bracket or stalls is replaced by bisection. Stops
 * when the step is below the spacing of doubles.
 */
export function solveMonotone({ tails, slope, p, upper = 1 - p, start }: MonotoneProblem): number {
  const useLower = p <= upper;
  const target = Math.log(useLower ? p : upper);
  /** Positive where u is too large. */
  const error = (u: number) => {
    const t = tails(u);
    const tail = useLower ? t.lower : t.upper;
    const gap = (tail > 0 ? Math.log(tail) : -Infinity) - target;
    return { gap: useLower ? gap : -gap, tail };
  };
  let low = -Infinity;
  let high = Infinity;
  let u = start;
  let stride = 1;
  for (let i = 0; i < 400; i++) {
    const { gap, tail } = error(u);
    if (gap === 0) return u;
    if (gap > 0) high = u;
    else low = u;
    let next = tail > 0 ? u - (gap * tail) / slope(u) : Number.NaN;
    if (!(next > low && next < high)) {
      if (low === -Infinity || high === Infinity) {
        next = low === -Infinity ? u - stride : u + stride;
        stride *= 2;
      } else next = (low + high) / 2;
    }
    if (Math.abs(next - u) <= 2 ** -53 * Math.abs(next)) return next;
    const width = high - low;
    if (width < Infinity && width <= 2 ** -51 * Math.max(Math.abs(low), Math.abs(high))) return next;
    u = next;
  }
  return u;
}
