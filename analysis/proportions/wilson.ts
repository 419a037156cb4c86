import { normalQuantile } from '../distributions/normal.ts';
import { checkCounts, type Interval, upperProbability } from '../interval.ts';

/**
 * A proportion with Wilson's score interval: all values p of the true proportion that a score test at this
 * level doesn't reject, that is all p with
 *
 *     |p̂ − p| ≤ z √( p(1 − p) / n ),    p̂ = x / n,
 *
 * where z is the standard normal quantile at (1 + level)/2. Squared, this is a quadratic in p,
 *
 *     (n + z²) p² − (2x + z²) p + x²/n = 0,
 *
 * whose two roots are the limits. Unlike the Wald interval p̂ ± z √(p̂(1 − p̂)/n) it never leaves [0, 1], isn't
 * of zero width at 0 or n successes, and keeps close to its nominal coverage at trial-arm sizes. It is the
 * interval of R's `prop.test(x, n, correct = FALSE)`.
 *
 * The smaller root is taken as the product of the roots, x²/(n(n + z²)), over the larger one: the textbook form
 * subtracts two nearly equal numbers when x is small. The upper limit for x successes is one minus the lower
 * limit for n − x, so the two are symmetrical to the last bit.
 *
 * Source: Wilson EB. J Am Stat Assoc 1927;22:209–212; Newcombe RG. Stat Med 1998;17:857–872, method 3.
 *
 * @param successes whole number, 0 ≤ successes ≤ total
 * @param total how many were observed
 * @param level confidence level, 0 < level < 1
 * @returns limits within [0, 1], or null where nobody was observed
 * @throws RangeError for counts or a level out of range
 * @example wilsonInterval(17, 45, 0.95) // { estimate: 0.3778, lower: 0.2511, upper: 0.5237 }
 */
export function wilsonInterval(successes: number, total: number, level = 0.95): Interval | null {
  checkCounts(successes, total);
  const z = normalQuantile(upperProbability(level));
  if (total === 0) return null;
  return {
    estimate: successes / total,
    lower: lowerLimit(successes, total, z),
    upper: 1 - lowerLimit(total - successes, total, z),
  };
}

function lowerLimit(successes: number, total: number, z: number): number {
  const failures = total - successes;
  const root = z * Math.sqrt(z * z + (4 * successes * failures) / total);
  const larger = (2 * successes + z * z + root) / (2 * (total + z * z));
  return (successes * successes) / (total * (total + z * z) * larger);
}
