import { bracketedRoot } from '../distributions/bracket.ts';
import { type Hypergeometric, hypergeometric } from '../distributions/discrete.ts';
import { checkCounts, type Interval, upperProbability } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';
import type { Proportion } from './newcombe.ts';

export interface FisherExact {
  /** Sum of all tables no more likely than the observed one. */
  twoSided: number;
  /** P(X ≥ x): first group has more successes. */
  greater: number;
  less: number;
  /** Two-sided less half the observed table's probability (Lancaster 1961). */
  midP: number;
}

/** Tables within this relative distance of the observed probability count as equally likely, as in R. */
const TIE = 1 + 1e-7;

function tails({ low, mass }: Hypergeometric, x: number): FisherExact {
  const observed = mass[x - low]!;
  let twoSided = 0;
  let greater = 0;
  let less = 0;
  for (let i = 0; i < mass.length; i++) {
    const m = mass[i]!;
    if (m <= observed * TIE) twoSided += m;
    if (low + i >= x) greater += m;
    if (low + i <= x) less += m;
  }
  const one = (p: number) => Math.min(1, p);
  return {
    twoSided: one(twoSided),
    greater: one(greater),
    less: one(less),
    midP: one(twoSided - observed / 2),
  };
}

/**
 * Fisher's exact test of a 2×2 table: given its margins, the first group's successes are hypergeometric.
 * Source: Fisher RA. JRSS 1935;98:39–54; Freeman GH, Halton JH. Biometrika 1951;38:141–149 (two-sided);
 * R's `fisher.test`, whose tolerance of 1e-7 for ties is used.
 *
 * @returns null where a group is empty
 */
export function fisherExact(first: Proportion, second: Proportion): FisherExact | null {
  checkCounts(first.successes, first.total);
  checkCounts(second.successes, second.total);
  if (first.total === 0 || second.total === 0) return null;
  return tails(
    hypergeometric(first.total, second.total, first.successes + second.successes),
    first.successes,
  );
}

/**
 * The conditional odds ratio: the ψ that makes the observed count the mean of the non-central hypergeometric
 * distribution, with the exact limits P_ψ(X ≥ x) = α/2 and P_ψ(X ≤ x) = α/2 (Cornfield 1956; Gart 1970).
 * Roots to the spacing of doubles (R's `fisher.test` stops at about 1e-4).
 *
 * @param midP count half of the observed table in each tail
 * @returns 0 or Infinity as estimate and one limit when x is at an end of its range
 */
export function conditionalOdds(
  first: Proportion,
  second: Proportion,
  level = 0.95,
  midP = false,
): Interval | Unavailable {
  checkCounts(first.successes, first.total);
  checkCounts(second.successes, second.total);
  if (first.total === 0 || second.total === 0) return { reason: 'A group has nobody observed.' };
  const x = first.successes;
  const drawn = x + second.successes;
  const at = (log: number) => hypergeometric(first.total, second.total, drawn, Math.exp(log));
  const { low, high } = at(0);
  if (low === high) return { reason: 'The margins leave one possible table: any odds ratio fits the data.' };
  const alpha = 1 - upperProbability(level);
  const solve = (f: (log: number) => number) => Math.exp(bracketedRoot(f, -700, 700) ?? Number.NaN);
  const mean = (log: number) => {
    const h = at(log);
    return h.mass.reduce((sum, m, i) => sum + m * (h.low + i - x), 0);
  };
  const tail = (log: number, side: 'greater' | 'less') => {
    const h = at(log);
    return tails(h, x)[side] - (midP ? h.mass[x - h.low]! / 2 : 0);
  };
  return {
    estimate: x === low ? 0 : x === high ? Infinity : solve(mean),
    lower: x === low ? 0 : solve((log) => tail(log, 'greater') - alpha),
    upper: x === high ? Infinity : solve((log) => tail(log, 'less') - alpha),
  };
}
