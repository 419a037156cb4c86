import { normalUpper } from './normal.ts';
import { overScale } from './scale.ts';

/**
 * P(T > t) for T = (Z + δ)/S, non-central t with df degrees of freedom and non-centrality δ:
 *
 *   P(T > t) = E[1 − Φ(t·S − δ)],  S = √(χ²_df/df)
 *
 * by quadrature, relative error about 1e-13 in either tail (series methods, as AS 243, stop at 1e-12 absolute).
 */
export function noncentralTUpper(t: number, df: number, delta: number): number {
  if (!(df > 0)) throw new RangeError('The non-central t needs positive degrees of freedom.');
  return overScale((s) => normalUpper(t * s - delta), df);
}

/** P(T ≤ t), by the mirror image −T, whose non-centrality is −δ. */
export function noncentralTCdf(t: number, df: number, delta: number): number {
  return noncentralTUpper(-t, df, -delta);
}
