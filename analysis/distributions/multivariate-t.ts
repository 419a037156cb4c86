import { bracketedRoot } from './bracket.ts';
import { normalDensity, normalUpper } from './normal.ts';
import { integrateHump } from './quadrature.ts';
import { overScale } from './scale.ts';
import { tQuantile } from './t.ts';

export type Sides = 'two' | 'greater' | 'less';

/**
 * Factor loadings λ with ρᵢⱼ = λᵢλⱼ for i ≠ j, the structure of comparisons with a common control (Dunnett 1955);
 * null when the correlations don't have it. Two comparisons always do; three nearly always.
 */
export function oneFactorLoadings(correlation: number[][]): number[] | null {
  const k = correlation.length;
  const rho = (i: number, j: number) => correlation[i]![j]!;
  if (k === 1) return [0];
  if (k === 2) {
    const r = rho(0, 1);
    const loading = Math.sqrt(Math.abs(r));
    return [loading, r < 0 ? -loading : loading];
  }
  const square = (rho(0, 1) * rho(0, 2)) / rho(1, 2);
  if (!(square > 0 && square <= 1)) return null;
  const first = Math.sqrt(square);
  const loadings = [first];
  for (let j = 1; j < k; j++) loadings.push(rho(0, j) / first);
  for (let i = 0; i < k; i++) {
    if (Math.abs(loadings[i]!) > 1) return null;
    for (let j = 0; j < i; j++) if (Math.abs(loadings[i]! * loadings[j]! - rho(i, j)) > 1e-9) return null;
  }
  return loadings;
}

/**
 * P(at least one of T₁…T_k lies beyond c) for a multivariate t with df degrees of freedom and ρᵢⱼ = λᵢλⱼ:
 *
 *   Zᵢ = λᵢY + √(1−λᵢ²)·Eᵢ,  Tᵢ = Zᵢ/S,  P = E_S ∫ φ(y)·(1 − Πᵢ(1 − qᵢ(y, S))) dy
 *
 * where qᵢ is the conditional probability that Zᵢ is beyond c·S. The complement of the product is formed as
 * −expm1(Σ ln(1−qᵢ)), so a small probability keeps its figures (it is not one minus a distribution function).
 *
 * @param sides 'two': |Tᵢ| > c; 'greater': Tᵢ > c; 'less': Tᵢ < −c
 */
export function anyBeyond(c: number, loadings: number[], df: number, sides: Sides = 'two'): number {
  const spread = loadings.map((l) => Math.sqrt(Math.max(0, 1 - l * l)));
  const sign = sides === 'less' ? -1 : 1;
  const beyond = (limit: number, centre: number, sd: number) =>
    sd > 0 ? normalUpper((limit - centre) / sd) : centre > limit ? 1 : 0;
  const given = (s: number) =>
    integrateHump(
      (y) => {
        const density = normalDensity(y);
        if (density === 0) return 0;
        let log = 0;
        for (let i = 0; i < loadings.length; i++) {
          const centre = sign * loadings[i]! * y;
          let q = beyond(c * s, centre, spread[i]!);
          if (sides === 'two') q += beyond(c * s, -centre, spread[i]!);
          log += Math.log1p(-Math.min(1, q));
        }
        // Two-sided, the integrand is even in y and may have two humps: 2Φ(3y) moves all of it to the right one.
        const weight = sides === 'two' ? 2 * normalUpper(-3 * y) : 1;
        return -Math.expm1(log) * density * weight;
      },
      sides === 'two' ? 1 : 0,
      0.5,
    );
  return Math.min(1, overScale(given, df));
}

/** The c with P(any beyond c) = alpha: the single-step critical value. */
export function equicoordinateCritical(
  alpha: number,
  loadings: number[],
  df: number,
  sides: Sides = 'two',
): number {
  const one = sides === 'two' ? alpha / 2 : alpha;
  const low = -tQuantile(one, df) * (1 - 1e-9) - 1e-9;
  const high = -tQuantile(one / loadings.length, df) * (1 + 1e-9) + 1e-9;
  const excess = (c: number) => anyBeyond(c, loadings, df, sides) - alpha;
  return bracketedRoot(excess, low, high) ?? high;
}
