import { solveMonotone } from './monotone.ts';
import { betaPower } from './stirling.ts';

/** Both tails of a distribution at one point; each is accurate on its own. */
export interface Tails {
  lower: number;
  upper: number;
}

const TINY = 1e-300;
const EPSILON = 2 ** -53;

/**
 * Power series I_x(a, b) = xᵃ/(a·B(a, b))·[1 + a Σ (1−b)(2−b)…(n−b)/(n!(a+n))·xⁿ]
 * (DiDonato & Morris, ACM TOMS 1992, 18:360–373, eq. 3.1), for small b·x or b ≤ 1.
 */
function series(a: number, b: number, x: number, power: number, y: number): number {
  let term = 1;
  let sum = 0;
  for (let n = 1; n < 100_000; n++) {
    term *= ((n - b) / n) * x;
    const next = term / (a + n);
    sum += next;
    if (Math.abs(next) <= EPSILON * Math.abs(sum)) break;
  }
  // power = xᵃ·yᵇ/B(a, b); the series wants xᵃ/(a·B(a, b)).
  const logY = x < 0.5 ? Math.log1p(-x) : Math.log(y);
  return ((power * Math.exp(-b * logY)) / a) * (1 + a * sum);
}

/**
 * Continued fraction (DiDonato & Morris 1992, eq. 9 of section 4) by the modified Lentz method:
 *
 *   I_x(a, b) = xᵃyᵇ/B(a, b) / (β₀ + α₁/(β₁ + α₂/(β₂ + …)))
 *   α_m = (a+m−1)(a+b+m−1)·m·(b−m)·x² / (a+2m−1)²
 *   β_m = m + m(b−m)x/(a+2m−1) + (a+m)(a·y − b·x + 1 + m(2−x))/(a+2m+1)
 *
 * It converges quickly while x is below the mean a/(a+b).
 */
function fraction(a: number, b: number, x: number, y: number, power: number): number {
  const skew = a * y - b * x;
  const beta = (m: number) =>
    m + (m * (b - m) * x) / (a + 2 * m - 1) + ((a + m) * (skew + 1 + m * (2 - x))) / (a + 2 * m + 1);
  let f = (a * (skew + 1)) / (a + 1);
  if (f === 0) f = TINY;
  let c = f;
  let d = 0;
  for (let m = 1; m < 10_000_000; m++) {
    const odd = a + 2 * m - 1;
    const alpha = ((a + m - 1) / odd) * ((a + b + m - 1) / odd) * m * (b - m) * x * x;
    const b_m = beta(m);
    d = b_m + alpha * d;
    if (d === 0) d = TINY;
    c = b_m + alpha / c;
    if (c === 0) c = TINY;
    d = 1 / d;
    const step = c * d;
    f *= step;
    if (Math.abs(step - 1) <= 2 * EPSILON) break;
  }
  return power / f;
}

/**
 * The regularised incomplete beta function, both tails: I_x(a, b) and I_y(b, a), with y = 1 − x given by the caller
 * so that neither loses figures when the other is near 1.
 *
 * The side whose argument lies below the mean is computed directly and the other is its complement; a complement is
 * taken only of a number that isn't near 1, so both keep their relative accuracy (about 1e-13).
 *
 * @param a, b shapes > 0
 * @param x, y in [0, 1], x + y = 1
 */
export function incompleteBeta(a: number, b: number, x: number, y: number): Tails {
  if (!(a > 0 && b > 0)) throw new RangeError('The beta distribution needs two positive shapes.');
  if (x <= 0) return { lower: 0, upper: 1 };
  if (y <= 0) return { lower: 1, upper: 0 };
  const power = betaPower(a, b, x, y);
  const direct = (p: number, q: number, u: number, v: number) =>
    (q * u <= 0.7 && u <= 0.7) || (q <= 1 && u <= 0.9) || p <= 1e-3
      ? series(p, q, u, power, v)
      : fraction(p, q, u, v, power);
  if (x <= a / (a + b)) {
    const lower = direct(a, b, x, y);
    return { lower, upper: 1 - lower };
  }
  const upper = direct(b, a, y, x);
  return { lower: 1 - upper, upper };
}

/** P(X ≤ x) for X ~ Beta(a, b), 0 ≤ x ≤ 1. */
export function betaCdf(x: number, a: number, b: number): number {
  return incompleteBeta(a, b, x, 1 - x).lower;
}

/** P(X > x) for X ~ Beta(a, b), 0 ≤ x ≤ 1. */
export function betaUpper(x: number, a: number, b: number): number {
  return incompleteBeta(a, b, x, 1 - x).upper;
}

/** Density xᵃ⁻¹(1−x)ᵇ⁻¹/B(a, b) on 0 < x < 1. */
export function betaDensity(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return 0;
  return betaPower(a, b, x, 1 - x) / (x * (1 - x));
}

/**
 * The x with P(X ≤ x) = p for X ~ Beta(a, b).
 * The root is sought on the logit of x, where the lower and the upper end of (0, 1) are resolved equally well.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`A probability lies between 0 and 1; ${p} does not.`);
  if (p === 0) return 0;
  if (p === 1) return 1;
  const at = (logit: number) => {
    const odds = Math.exp(-Math.abs(logit));
    const small = odds / (1 + odds);
    const large = 1 / (1 + odds);
    return logit < 0 ? { x: small, y: large } : { x: large, y: small };
  };
  const logit = solveMonotone({
    tails: (u) => {
      const { x, y } = at(u);
      return incompleteBeta(a, b, x, y);
    },
    slope: (u) => {
      const { x, y } = at(u);
      return betaPower(a, b, x, y);
    },
    p,
    start: Math.log(a / b),
  });
  return at(logit).x;
}
