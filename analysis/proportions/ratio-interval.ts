import { bracketedRoot } from '../distributions/bracket.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { checkCounts, type Interval, upperProbability } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';
import type { Proportion } from './newcombe.ts';
import { type Restricted, restrictedByOdds, restrictedByRatio } from './restricted.ts';

/** `miettinen-nurminen` multiplies the variance by N/(N−1); `plain` is Koopman's ratio and Cornfield's odds ratio. */
export type RatioVariance = 'miettinen-nurminen' | 'plain';

const EMPTY: Unavailable = { reason: 'A group has nobody observed.' };
const NO_EVENTS: Unavailable = { reason: 'Neither group has an event: any ratio fits the data.' };
const ONLY_EVENTS: Unavailable = { reason: 'Everybody had the event: any odds ratio fits the data.' };
const ALL_EVENTS: Unavailable = {
  reason: 'Everybody had the event: the logarithm’s standard error is zero. Use the score interval.',
};
const ZERO_CELL: Unavailable = {
  reason: 'A cell is zero: the logarithm has no standard error. Use the score interval.',
};

function check(first: Proportion, second: Proportion): Unavailable | null {
  checkCounts(first.successes, first.total);
  checkCounts(second.successes, second.total);
  if (first.total === 0 || second.total === 0) return EMPTY;
  return first.successes + second.successes === 0 ? NO_EVENTS : null;
}

function aroundLog(estimate: number, variance: number, level: number): Interval {
  const half = normalQuantile(upperProbability(level)) * Math.sqrt(variance);
  return { estimate, lower: estimate * Math.exp(-half), upper: estimate * Math.exp(half) };
}

/**
 * Risk ratio with Katz's interval exp(ln RR ± z√(1/x₁ − 1/n₁ + 1/x₂ − 1/n₂)).
 * Source: Katz D, Baptista J, Azen SP, Pike MC. Biometrics 1978;34:469–474, method C.
 */
export function katzRatio(first: Proportion, second: Proportion, level = 0.95): Interval | Unavailable {
  const problem = check(first, second);
  if (problem) return problem;
  if (first.successes === 0 || second.successes === 0) return ZERO_CELL;
  if (first.successes === first.total && second.successes === second.total) return ALL_EVENTS;
  const variance = 1 / first.successes - 1 / first.total + 1 / second.successes - 1 / second.total;
  const estimate = first.successes / first.total / (second.successes / second.total);
  return aroundLog(estimate, variance, level);
}

/**
 * Odds ratio with Woolf's interval exp(ln OR ± z√(1/a + 1/b + 1/c + 1/d)).
 * Source: Woolf B. Ann Hum Genet 1955;19:251–253.
 */
export function woolfOdds(first: Proportion, second: Proportion, level = 0.95): Interval | Unavailable {
  const problem = check(first, second);
  if (problem) return problem;
  const cells = [
    first.successes,
    first.total - first.successes,
    second.successes,
    second.total - second.successes,
  ] as const;
  if (cells.includes(0)) return ZERO_CELL;
  const variance = cells.reduce((sum, cell) => sum + 1 / cell, 0);
  return aroundLog((cells[0] * cells[3]) / (cells[1] * cells[2]), variance, level);
}

/**
 * Both limits of a score interval by root search on the logarithm: excess(θ) < 0 inside the interval.
 * An estimate of 0 has lower limit 0, one of Infinity has upper limit Infinity.
 */
function invert(estimate: number, excess: (theta: number) => number): Interval {
  const at = (u: number) => excess(Math.exp(u));
  const side = (direction: 1 | -1) => {
    // From the estimate (or, if that is 0 or infinite, from wherever the test accepts) outwards until it rejects.
    let inner = estimate > 0 && estimate < Infinity ? Math.log(estimate) : -direction * 5;
    while (at(inner) > 0 && Math.abs(inner) < 600) inner -= direction * 5;
    // Where everybody had the event, both sides of the test are 0 at the estimate, and it accepts beside it.
    if (!(at(inner) < 0) && at(inner + direction * 1e-6) < 0) inner += direction * 1e-6;
    let outer = inner + direction;
    for (let stride = 1; at(outer) < 0 && Math.abs(outer) < 700; stride *= 2) outer += direction * stride;
    const root = bracketedRoot(at, inner, outer);
    return root === null ? (direction === 1 ? Infinity : 0) : Math.exp(root);
  };
  return {
    estimate,
    lower: estimate === 0 ? 0 : side(-1),
    upper: estimate === Infinity ? Infinity : side(1),
  };
}

const inflation = (first: Proportion, second: Proportion, kind: RatioVariance) => {
  const n = first.total + second.total;
  return kind === 'miettinen-nurminen' ? n / (n - 1) : 1;
};

/**
 * Risk ratio with the score interval: all φ with (p̂₁ − φp̂₂)² ≤ z²·(p̃₁q̃₁/n₁ + φ²p̃₂q̃₂/n₂)·N/(N−1), p̃ the
 * maximum-likelihood proportions given p₁ = φp₂. Exists with zero cells: with no event in the second group the
 * estimate and the upper limit are Infinity.
 *
 * Source: Miettinen & Nurminen. Stat Med 1985;4:213–226, eq. 10–12; Koopman PAR. Biometrics 1984;40:513–517.
 */
export function scoreRatio(
  first: Proportion,
  second: Proportion,
  level = 0.95,
  kind: RatioVariance = 'miettinen-nurminen',
): Interval | Unavailable {
  const problem = check(first, second);
  if (problem) return problem;
  const p1 = first.successes / first.total;
  const p2 = second.successes / second.total;
  const z = normalQuantile(upperProbability(level));
  const limit = z * z * inflation(first, second, kind);
  return invert(p1 / p2, (ratio) => {
    const r: Restricted = restrictedByRatio(first, second, ratio);
    const variance = (r.p1 * (1 - r.p1)) / first.total + (ratio ** 2 * r.p2 * (1 - r.p2)) / second.total;
    // Scaled by the size of its terms, so that extreme ratios neither over- nor underflow.
    return ((p1 - ratio * p2) ** 2 - limit * variance) / (1 + ratio ** 2);
  });
}

/**
 * Odds ratio with the score interval: all ψ with
 * (x₁ − n₁p̃₁)²·(1/(n₁p̃₁q̃₁) + 1/(n₂p̃₂q̃₂)) ≤ z²·N/(N−1), p̃ the maximum-likelihood proportions given ψ.
 * Without N/(N−1) it is Cornfield's interval without continuity correction.
 *
 * Source: Miettinen & Nurminen 1985, eq. 13–14; Cornfield J. Proc Third Berkeley Symp 1956;4:135–148.
 */
export function scoreOdds(
  first: Proportion,
  second: Proportion,
  level = 0.95,
  kind: RatioVariance = 'miettinen-nurminen',
): Interval | Unavailable {
  const problem = check(first, second);
  if (problem) return problem;
  if (first.successes + second.successes === first.total + second.total) return ONLY_EVENTS;
  const z = normalQuantile(upperProbability(level));
  const limit = z * z * inflation(first, second, kind);
  const estimate =
    (first.successes * (second.total - second.successes)) /
    ((first.total - first.successes) * second.successes);
  return invert(estimate, (odds) => {
    const r = restrictedByOdds(first, second, odds);
    const v1 = first.total * r.p1 * (1 - r.p1);
    const v2 = second.total * r.p2 * (1 - r.p2);
    const gap = first.successes - first.total * r.p1;
    // Multiplied through by v₁v₂/(v₁+v₂): gap² against z²·v₁v₂/(v₁+v₂).
    return gap * gap - (limit * v1 * v2) / (v1 + v2 || 1);
  });
}
