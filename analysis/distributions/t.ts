import { incompleteBeta } from './beta.ts';
import { solveMonotone } from './monotone.ts';
import { normalCdf, normalDensity, normalQuantile, normalUpper } from './normal.ts';
import { logGamma, stirlingError } from './stirling.ts';

/**
 * Student's t with df > 0 degrees of freedom (not necessarily whole; Infinity is the normal).
 *
 * With x = df/(df + t²), the two-sided tail is a regularised incomplete beta function (Abramowitz & Stegun 26.5.27):
 *
 *   P(|T| > |t|) = I_x(df/2, 1/2)
 *
 * x and 1 − x = t²/(df + t²) are both formed directly, so tails and centre keep their relative accuracy (~1e-13).
 */
function check(df: number): void {
  if (!(df > 0)) throw new RangeError(`The t distribution needs positive degrees of freedom; got ${df}.`);
}

/** From here on T is the normal to working accuracy: the relative difference of the tails is about t⁴/(4·df). */
const NORMAL_FROM = 1e14;

/** P(|T| > |t|) and P(|T| ≤ |t|). */
function twoSided(t: number, df: number): { beyond: number; within: number } {
  const square = t * t;
  if (square === 0) return { beyond: 1, within: 0 };
  if (square === Infinity || square / df > 1e250) {
    // Only the leading term is left: I_x(a, ½) → xᵃ/(a·B(a, ½)), in logarithms as t² would overflow.
    const a = df / 2;
    const logBeta = logGamma(a) + logGamma(0.5) - logGamma(a + 0.5);
    const logX = Math.log(df) - 2 * Math.log(Math.abs(t));
    return { beyond: Math.exp(a * logX - Math.log(a) - logBeta), within: 1 };
  }
  const { lower, upper } = incompleteBeta(df / 2, 0.5, df / (df + square), square / (df + square));
  return { beyond: lower, within: upper };
}

/**
 * Density Γ((df+1)/2)/(√(df·π)·Γ(df/2))·(1 + t²/df)^(−(df+1)/2). With h = df/2 and δ the error of Stirling's formula,
 * the constant is exp(δ(h+½) − δ(h) + h·ln(1+1/(2h)) − ½)/√(2π): no large logarithms cancel.
 */
export function tDensity(t: number, df: number): number {
  check(df);
  if (df > NORMAL_FROM) return normalDensity(t);
  const h = df / 2;
  const constant = stirlingError(h + 0.5) - stirlingError(h) + h * Math.log1p(0.5 / h) - 0.5;
  return Math.exp(constant - (h + 0.5) * Math.log1p((t * t) / df)) / Math.sqrt(2 * Math.PI);
}

/** P(T ≤ t). */
export function tCdf(t: number, df: number): number {
  return tUpper(-t, df);
}

/** P(T > t), computed on its own and so accurate however small. */
export function tUpper(t: number, df: number): number {
  check(df);
  if (Number.isNaN(t)) throw new RangeError('The t distribution needs a number, not NaN.');
  if (df > NORMAL_FROM) return normalUpper(t);
  if (t === Infinity) return 0;
  if (t === -Infinity) return 1;
  const { beyond, within } = twoSided(t, df);
  if (t >= 0) return beyond / 2;
  return within < 0.5 ? 0.5 + within / 2 : 1 - beyond / 2;
}

/** P(|T| > |t|), the two-sided p-value. */
export function tTwoSided(t: number, df: number): number {
  return Math.min(1, 2 * tUpper(Math.abs(t), df));
}

/**
 * The t with P(T ≤ t) = p.
 *
 * Solved for |t| on a logarithmic scale: in the tail from P(T > t), near the centre from P(0 < T ≤ t) = |p − ½|,
 * so that both ends keep their relative accuracy.
 */
export function tQuantile(p: number, df: number): number {
  check(df);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`A probability lies between 0 and 1; ${p} does not.`);
  if (p === 0.5) return 0;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (df > NORMAL_FROM) return normalQuantile(p);
  const beyond = p < 0.5 ? 2 * p : 2 * (1 - p);
  const within = p < 0.5 ? 1 - 2 * p : 2 * p - 1;
  const log = solveMonotone({
    tails: (u) => {
      const both = twoSided(Math.exp(u), df);
      return { lower: both.within, upper: both.beyond };
    },
    slope: (u) => 2 * Math.exp(u) * tDensity(Math.exp(u), df),
    p: within,
    upper: beyond,
    start: Math.log(Math.abs(normalQuantile(Math.max(p < 0.5 ? p : 1 - p, 1e-300)))),
  });
  return p < 0.5 ? -Math.exp(log) : Math.exp(log);
}

/** Φ for df = Infinity and T otherwise: the two-sided p-value of a statistic, as tests report it. */
export function twoSidedP(statistic: number, df: number): number {
  return df === Infinity ? 2 * normalCdf(-Math.abs(statistic)) : tTwoSided(statistic, df);
}
