import { binomialCdf, binomialMass } from '../distributions/discrete.ts';
import { chiSquareUpper } from '../distributions/gamma.ts';
import type { Interval } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';
import type { ChiSquare } from './contingency.ts';
import { wilsonInterval } from './wilson.ts';

/** Pairs by outcome: yes–yes, yes–no, no–yes, no–no. */
export interface PairedCounts {
  both: number;
  firstOnly: number;
  secondOnly: number;
  neither: number;
}

function check(pairs: PairedCounts): void {
  for (const n of Object.values(pairs))
    if (!Number.isInteger(n) || n < 0) throw new RangeError('Counts of pairs are whole numbers from 0.');
}

/**
 * McNemar's test of equal proportions in pairs, from the discordant counts b and c:
 *
 *   asymptotic (b−c)²/(b+c)           McNemar Q. Psychometrika 1947;12:153–157
 *   corrected  (|b−c|−1)²/(b+c)       Edwards AL. Psychometrika 1948;13:185–187 (not below 0, as in R)
 *   exact      2·P(X ≤ min(b, c)), X ~ Binomial(b+c, ½), at most 1
 *   mid-p      exact less P(X = min(b, c)); 1 − ½P(X = b) when b = c
 *              Fagerland MW, Lydersen S, Laake P. BMC Med Res Methodol 2013;13:91, eq. 4
 */
export function mcNemar(pairs: PairedCounts): {
  asymptotic: ChiSquare | Unavailable;
  corrected: ChiSquare | Unavailable;
  exact: number;
  midP: number;
} {
  check(pairs);
  const { firstOnly: b, secondOnly: c } = pairs;
  const n = b + c;
  if (n === 0) {
    const none = { reason: 'No pair is discordant.' };
    return { asymptotic: none, corrected: none, exact: 1, midP: 1 };
  }
  const test = (distance: number): ChiSquare => {
    const statistic = (distance * distance) / n;
    return { statistic, df: 1, p: chiSquareUpper(statistic, 1) };
  };
  const least = Math.min(b, c);
  const mass = binomialMass(least, n, 0.5);
  const exact = Math.min(1, 2 * binomialCdf(least, n, 0.5));
  return {
    asymptotic: test(b - c),
    corrected: test(Math.max(0, Math.abs(b - c) - 1)),
    exact,
    midP: b === c ? 1 - mass / 2 : exact - mass,
  };
}

/**
 * Difference of paired proportions with Newcombe's score interval for paired data (method 10 of his paired paper):
 * the unpaired hybrid limits with the covariance of the two proportions taken off through φ,
 *
 *     lower = d − √(l₁² − 2φl₁u₂ + u₂²),   upper = d + √(u₁² − 2φu₁l₂ + l₂²)
 *
 * l, u being the distances of the Wilson limits from the proportions. φ = A/√(product of the four margins) where
 * A = both·neither − b·c, and when A > 0 it is lessened by N/2 (not below 0); 0 when a margin is 0.
 *
 * Source: Newcombe RG. Stat Med 1998;17:2635–2650.
 *
 * @returns null where there are no pairs
 */
export function pairedDifference(pairs: PairedCounts, level = 0.95): Interval | null {
  check(pairs);
  const { both: a, firstOnly: b, secondOnly: c, neither: d } = pairs;
  const n = a + b + c + d;
  const one = wilsonInterval(a + b, n, level);
  const two = wilsonInterval(a + c, n, level);
  if (one === null || two === null) return null;
  const margins = (a + b) * (c + d) * (a + c) * (b + d);
  const association = a * d - b * c;
  const lessened = association > 0 ? Math.max(association - n / 2, 0) : association;
  const phi = margins === 0 ? 0 : lessened / Math.sqrt(margins);
  const difference = (b - c) / n;
  const distance = (x: number, y: number) => Math.sqrt(Math.max(0, x * x - 2 * phi * x * y + y * y));
  return {
    estimate: difference,
    lower: difference - distance(one.estimate - one.lower, two.upper - two.estimate),
    upper: difference + distance(one.upper - one.estimate, two.estimate - two.lower),
  };
}
