import { integrateHump } from './quadrature.ts';
import { gammaPower } from './stirling.ts';

/**
 * E[g(S)] for S = √(χ²_df/df), the estimated over the true standard deviation.
 *
 * Student's t, non-central t, studentised range and multivariate t are all normal probabilities with their limits
 * multiplied by S. With u = ln S the density of u is 2·wᵃe⁻ʷ/Γ(a), a = df/2, w = a·e²ᵘ, and the integral over the
 * whole line is done by the trapezoidal rule.
 *
 * @param g a positive smooth function of s > 0, at most 1
 * @param df degrees of freedom > 0; Infinity puts S at 1
 */
export function overScale(g: (s: number) => number, df: number): number {
  if (df > 1e14) return g(1);
  const a = df / 2;
  return integrateHump(
    (u) => {
      const s = Math.exp(u);
      const density = 2 * gammaPower(a, a * s * s);
      return density === 0 ? 0 : density * g(s);
    },
    0,
    Math.min(1, 1 / Math.sqrt(df)),
  );
}
