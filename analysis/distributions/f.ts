import { betaQuantile, incompleteBeta, type Tails } from './beta.ts';
import { chiSquareQuantile, incompleteGamma } from './gamma.ts';

/**
 * Both tails of F with df1 and df2 degrees of freedom (df2 may be Infinity: then df1·F is χ²).
 * P(F ≤ f) = I_x(df1/2, df2/2) with x = df1·f/(df1·f + df2) (Abramowitz & Stegun 26.6.2).
 */
function fTails(f: number, df1: number, df2: number): Tails {
  if (!(df1 > 0 && df2 > 0)) throw new RangeError('The F distribution needs positive degrees of freedom.');
  if (Number.isNaN(f)) throw new RangeError('The F distribution needs a number, not NaN.');
  if (f <= 0) return { lower: 0, upper: 1 };
  if (df2 > 1e14) return incompleteGamma(df1 / 2, (df1 * f) / 2);
  if (f === Infinity) return { lower: 1, upper: 0 };
  const ratio = (df1 * f) / df2;
  return incompleteBeta(df1 / 2, df2 / 2, ratio / (1 + ratio), 1 / (1 + ratio));
}

/** P(F ≤ f). */
export function fCdf(f: number, df1: number, df2: number): number {
  return fTails(f, df1, df2).lower;
}

/** P(F > f), the p-value of an F statistic. */
export function fUpper(f: number, df1: number, df2: number): number {
  return fTails(f, df1, df2).upper;
}

/** The f with P(F ≤ f) = p. */
export function fQuantile(p: number, df1: number, df2: number): number {
  if (df2 > 1e14) return chiSquareQuantile(p, df1) / df1;
  if (p === 1) return Infinity;
  const x = betaQuantile(p, df1 / 2, df2 / 2);
  // Near the upper end 1 − x is the accurate part: take it from the mirrored distribution.
  if (x < 0.5) return (x / (1 - x)) * (df2 / df1);
  const y = betaQuantile(1 - p, df2 / 2, df1 / 2);
  return ((1 - y) / y) * (df2 / df1);
}
