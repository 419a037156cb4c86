import type { Tails } from './beta.ts';
import { solveMonotone } from './monotone.ts';
import { normalQuantile } from './normal.ts';
import { gammaPower } from './stirling.ts';

const EPSILON = 2 ** -53;

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P, both tails.
 *
 *   x < a or x < 1:  P = xᵃe⁻ˣ/Γ(a+1)·Σ xⁿ/((a+1)…(a+n))                            (Abramowitz & Stegun 6.5.29)
 *   otherwise:       Q = xᵃe⁻ˣ/Γ(a)·1/(x+1−a − 1(1−a)/(x+3−a − 2(2−a)/(x+5−a − …)))  (A&S 6.5.31, even part)
 *
 * The factor in front is formed by the saddle point (see `gammaPower`), so both keep ~1e-14 relative accuracy.
 */
export function incompleteGamma(a: number, x: number): Tails {
  if (!(a > 0)) throw new RangeError('The gamma distribution needs a positive shape.');
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  const power = gammaPower(a, x);
  if (x < a || x < 1) {
    let term = 1;
    let sum = 1;
    for (let n = 1; term > EPSILON * sum; n++) {
      term *= x / (a + n);
      sum += term;
    }
    const lower = (power / a) * sum;
    return { lower, upper: 1 - lower };
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 10_000_000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = an * d + b;
    if (d === 0) d = 1e-300;
    c = b + an / c;
    if (c === 0) c = 1e-300;
    d = 1 / d;
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) <= 2 * EPSILON) break;
  }
  const upper = power * h;
  return { lower: 1 - upper, upper };
}

/** P(X ≤ x) for a gamma variable with the given shape and rate. */
export function gammaCdf(x: number, shape: number, rate = 1): number {
  return incompleteGamma(shape, x * rate).lower;
}

/** P(X > x), computed on its own. */
export function gammaUpper(x: number, shape: number, rate = 1): number {
  return incompleteGamma(shape, x * rate).upper;
}

/** The x with P(X ≤ x) = p, solved on ln x. Pass `upper` when the upper tail is known better than 1 − p. */
export function gammaQuantile(p: number, shape: number, rate = 1, upper = 1 - p): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`A probability lies between 0 and 1; ${p} does not.`);
  if (p === 0) return 0;
  if (upper === 0) return Infinity;
  // Wilson & Hilferty's cube-root normal approximation, where it is positive, as the start.
  const z = normalQuantile(p);
  const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  const start = Math.log(root > 0.1 ? shape * root ** 3 : shape / 100);
  const log = solveMonotone({
    tails: (u) => incompleteGamma(shape, Math.exp(u)),
    slope: (u) => gammaPower(shape, Math.exp(u)),
    p,
    upper,
    start,
  });
  return Math.exp(log) / rate;
}

/** P(X ≤ x) for χ² with df > 0 degrees of freedom. */
export function chiSquareCdf(x: number, df: number): number {
  return incompleteGamma(df / 2, x / 2).lower;
}

/** P(X > x) for χ², the p-value of a chi-square statistic. */
export function chiSquareUpper(x: number, df: number): number {
  return incompleteGamma(df / 2, x / 2).upper;
}

/** The x with P(X ≤ x) = p for χ². */
export function chiSquareQuantile(p: number, df: number): number {
  return 2 * gammaQuantile(p, df / 2);
}
