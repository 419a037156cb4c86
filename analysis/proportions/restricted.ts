import type { Proportion } from './newcombe.ts';

/**
 * Maximum-likelihood proportions of two binomial groups when their difference, ratio or odds ratio is held fixed:
 * the variances of the score tests are taken at these values.
 */
export interface Restricted {
  p1: number;
  p2: number;
}

/**
 * With p₁ = p₂ + δ held, the log-likelihood's derivative in p₂,
 *
 *     x₁/p₁ − (n₁−x₁)/(1−p₁) + x₂/p₂ − (n₂−x₂)/(1−p₂),
 *
 * falls strictly, so its one zero (or the end of the range it points to) is found by Newton's method kept inside a
 * bracket. Miettinen & Nurminen (1985, appendix I) solve the same cubic in closed form; the closed form loses half
 * its figures where the cubic has a double root, which is where a group has no successes or no failures.
 */
export function restrictedByDifference(first: Proportion, second: Proportion, delta: number): Restricted {
  const x1 = first.successes;
  const y1 = first.total - x1;
  const x2 = second.successes;
  const y2 = second.total - x2;
  let low = Math.max(0, -delta);
  let high = Math.min(1, 1 - delta);
  const over = (count: number, p: number) => (count === 0 ? 0 : count / p);
  const slope = (p: number) => over(x1, p + delta) - over(y1, 1 - p - delta) + over(x2, p) - over(y2, 1 - p);
  const bend = (p: number) =>
    over(x1, (p + delta) ** 2) + over(y1, (1 - p - delta) ** 2) + over(x2, p * p) + over(y2, (1 - p) ** 2);
  let p = (low + high) / 2;
  for (let i = 0; i < 200; i++) {
    const s = slope(p);
    if (s === 0) break;
    if (s > 0) low = p;
    else high = p;
    let next = p + s / bend(p);
    if (!(next > low && next < high)) next = (low + high) / 2;
    const moved = Math.abs(next - p);
    p = next;
    if (moved <= 2 ** -53 * p || moved < 1e-300) break;
  }
  // Clamped, as p + δ may miss 0 or 1 by a rounding error.
  return { p1: Math.min(1, Math.max(0, p + delta)), p2: Math.min(1, Math.max(0, p)) };
}

/**
 * With p₁ = φ·p₂ held: the smaller root of A p² + B p + C = 0, A = Nφ, B = −(n₁φ + x₁ + n₂ + x₂φ), C = x₁ + x₂
 * (Miettinen & Nurminen 1985, eq. 12), taken as 2C/(−B + √(B² − 4AC)), which does not cancel.
 */
export function restrictedByRatio(first: Proportion, second: Proportion, ratio: number): Restricted {
  const a = (first.total + second.total) * ratio;
  const b = first.total * ratio + first.successes + second.total + second.successes * ratio;
  const c = first.successes + second.successes;
  const p2 = (2 * c) / (b + Math.sqrt(Math.max(0, b * b - 4 * a * c)));
  return { p1: Math.min(1, p2 * ratio), p2: Math.min(1, p2) };
}

/**
 * With odds₁ = ψ·odds₂ held: p₂ = 2C/(B + √(B² + 4AC)), A = n₂(ψ−1), B = n₁ψ + n₂ − C(ψ−1), C = x₁ + x₂
 * (Miettinen & Nurminen 1985, eq. 14), and p₁ = p₂ψ/(1 + p₂(ψ−1)).
 */
export function restrictedByOdds(first: Proportion, second: Proportion, oddsRatio: number): Restricted {
  const c = first.successes + second.successes;
  const a = second.total * (oddsRatio - 1);
  const b = first.total * oddsRatio + second.total - c * (oddsRatio - 1);
  const p2 = Math.min(1, (2 * c) / (b + Math.sqrt(Math.max(0, b * b + 4 * a * c))));
  return { p1: (p2 * oddsRatio) / (1 + p2 * (oddsRatio - 1)), p2 };
}
