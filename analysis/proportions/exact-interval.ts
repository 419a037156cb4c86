import { betaQuantile } from '../distributions/beta.ts';
import { bracketedRoot } from '../distributions/bracket.ts';
import { binomialCdf, binomialMass, binomialUpper } from '../distributions/discrete.ts';
import { checkCounts, type Interval, upperProbability } from '../interval.ts';

/**
 * A proportion with the Clopper–Pearson "exact" interval, the inverted equal-tailed binomial test: the lower limit
 * solves P(X ≥ x; p) = α/2, the upper P(X ≤ x; p) = α/2, which are beta quantiles
 *
 *     lower = B(α/2; x, n−x+1),   upper = B(1−α/2; x+1, n−x)
 *
 * (lower is 0 for x = 0, upper 1 for x = n). It never covers less than its level, and usually more.
 *
 * Source: Clopper CJ, Pearson ES. Biometrika 1934;26:404–413; R's `binom.test`.
 *
 * @returns null where nobody was observed
 * @throws RangeError for counts or a level out of range
 */
export function clopperPearsonInterval(successes: number, total: number, level = 0.95): Interval | null {
  checkCounts(successes, total);
  const tail = 1 - upperProbability(level);
  if (total === 0) return null;
  return {
    estimate: successes / total,
    lower: successes === 0 ? 0 : betaQuantile(tail, successes, total - successes + 1),
    upper: successes === total ? 1 : betaQuantile(1 - tail, successes + 1, total - successes),
  };
}

/**
 * Jeffreys' equal-tailed interval: quantiles of the posterior Beta(x+½, n−x+½) under the prior Beta(½, ½), with the
 * limit at 0 for x = 0 and at 1 for x = n.
 *
 * Source: Brown LD, Cai TT, DasGupta A. Stat Sci 2001;16:101–133, section 3.1.3 and the modification of 4.1.2.
 */
export function jeffreysInterval(successes: number, total: number, level = 0.95): Interval | null {
  checkCounts(successes, total);
  const tail = 1 - upperProbability(level);
  if (total === 0) return null;
  const a = successes + 0.5;
  const b = total - successes + 0.5;
  return {
    estimate: successes / total,
    lower: successes === 0 ? 0 : betaQuantile(tail, a, b),
    upper: successes === total ? 1 : betaQuantile(1 - tail, a, b),
  };
}

/**
 * The mid-p interval: as Clopper–Pearson, but the observed outcome counts half,
 * P(X > x; p) + ½P(X = x; p) = α/2 for the lower limit and P(X < x; p) + ½P(X = x; p) = α/2 for the upper.
 *
 * Source: Lancaster HO. J Am Stat Assoc 1961;56:223–234; Berry G, Armitage P. Statistician 1995;44:417–423.
 */
export function midPInterval(successes: number, total: number, level = 0.95): Interval | null {
  checkCounts(successes, total);
  const tail = 1 - upperProbability(level);
  if (total === 0) return null;
  const half = (p: number) => 0.5 * binomialMass(successes, total, p);
  const low = (p: number) => binomialUpper(successes, total, p) + half(p) - tail;
  const high = (p: number) => binomialCdf(successes - 1, total, p) + half(p) - tail;
  return {
    estimate: successes / total,
    lower: successes === 0 ? 0 : bracketedRoot(low, 0, successes / total)!,
    upper: successes === total ? 1 : bracketedRoot(high, successes / total, 1)!,
  };
}
