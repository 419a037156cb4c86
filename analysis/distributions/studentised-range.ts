import { bracketedRoot } from './bracket.ts';
import { normalDensity, normalUpper } from './normal.ts';
import { integrateHump } from './quadrature.ts';
import { overScale } from './scale.ts';

/**
 * P(range of k independent standard normals > w). Conditioning on the least value z:
 *
 *   P(range ≤ w) = k ∫ φ(z)·[Q(z) − Q(z+w)]^(k−1) dz,  Q = 1 − Φ,  and  k ∫ φ(z)·Q(z)^(k−1) dz = 1
 *
 * so the upper tail is k ∫ φ·(Q^(k−1) − [Q(z) − Q(z+w)]^(k−1)) dz, every term positive.
 */
function rangeUpper(w: number, k: number): number {
  if (w <= 0) return 1;
  return integrateHump(
    (z) => {
      const least = normalUpper(z);
      const beyond = normalUpper(z + w);
      if (least === 0) return 0;
      const part = -Math.expm1((k - 1) * Math.log1p(-Math.min(1, beyond / least)));
      return k * normalDensity(z) * least ** (k - 1) * part;
    },
    -w / 2,
    0.8,
  );
}

/**
 * P(Q > q) for the studentised range of k means with df degrees of freedom (Tukey 1953): Q = range/S.
 * Checked against R's ptukey (Copenhaver & Holland 1988).
 *
 * @param q ≥ 0
 * @param k number of means ≥ 2
 */
export function studentisedRangeUpper(q: number, k: number, df: number): number {
  if (!(k >= 2 && df > 0)) throw new RangeError('The studentised range needs at least two means and df > 0.');
  if (q <= 0) return 1;
  return Math.min(
    1,
    overScale((s) => rangeUpper(q * s, k), df),
  );
}

/** The q with P(Q > q) = p, the critical value of the Tukey–Kramer procedure. */
export function studentisedRangeCritical(p: number, k: number, df: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError('The tail probability lies strictly between 0 and 1.');
  const excess = (u: number) => Math.log(studentisedRangeUpper(Math.exp(u), k, df)) - Math.log(p);
  let high = 2;
  while (excess(high) > 0) high += 2;
  return Math.exp(bracketedRoot(excess, -12, high)!);
}
