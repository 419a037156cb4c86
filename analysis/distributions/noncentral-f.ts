import { incompleteBeta } from './beta.ts';
import { gammaPower } from './stirling.ts';

/**
 * P(F > f) for the non-central F with df1, df2 and non-centrality λ ≥ 0: the Poisson mixture
 * Σⱼ Pois(j; λ/2)·P(Beta(df1/2 + j, df2/2) > x), x = df1·f/(df1·f + df2) (Abramowitz & Stegun 26.6.18), summed from its
 * largest weight outwards.
 */
export function noncentralFUpper(f: number, df1: number, df2: number, lambda: number): number {
  if (!(df1 > 0 && df2 > 0 && lambda >= 0))
    throw new RangeError('The non-central F needs positive degrees of freedom and a non-centrality from 0.');
  if (f <= 0) return 1;
  const ratio = (df1 * f) / df2;
  const term = (j: number) =>
    incompleteBeta(df1 / 2 + j, df2 / 2, ratio / (1 + ratio), 1 / (1 + ratio)).upper;
  const half = lambda / 2;
  if (half === 0) return term(0);
  /** Poisson mass; gammaPower(a, x) = xᵃe⁻ˣ/Γ(a), so the mass at j is gammaPower(j, λ/2)/j for j > 0. */
  const mass = (j: number) => (j === 0 ? Math.exp(-half) : gammaPower(j, half) / j);
  const centre = Math.floor(half);
  let sum = 0;
  for (let j = centre; j >= 0; j--) {
    const weight = mass(j);
    sum += weight * term(j);
    if (weight < 1e-18) break;
  }
  for (let j = centre + 1; ; j++) {
    const weight = mass(j);
    sum += weight * term(j);
    if (weight < 1e-18) break;
  }
  return Math.min(1, sum);
}
