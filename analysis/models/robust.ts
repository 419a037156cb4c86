import { crossProduct, type Matrix, multiply } from '../linear/matrix.ts';
import type { Unavailable } from '../unavailable.ts';
import type { LinearModel } from './linear-model.ts';

/** Variants of the heteroscedasticity-consistent covariance. */
export type RobustKind = 'HC0' | 'HC1' | 'HC2' | 'HC3' | 'HC4';

/**
 * The heteroscedasticity-consistent ("sandwich") covariance (XᵀX)⁻¹·Xᵀdiag(ωᵢ)X·(XᵀX)⁻¹ of least-squares
 * coefficients, with residuals eᵢ and leverages hᵢ:
 *
 *   HC0 ω = e²                       White H. Econometrica 1980;48:817–838
 *   HC1 ω = e²·n/(n−p)
 *   HC2 ω = e²/(1−h)                 MacKinnon JG, White H. J Econometrics 1985;29:305–325
 *   HC3 ω = e²/(1−h)²                Long JS, Ervin LH. Am Stat 2000;54:217–224
 *   HC4 ω = e²/(1−h)^min(4, n·h/p)   Cribari-Neto F. Comput Stat Data Anal 2004;45:215–233
 *
 * @returns a reason when an observation fits itself exactly (h = 1) and the kind divides by 1 − h
 */
export function robustCovariance(model: LinearModel, kind: RobustKind = 'HC3'): Matrix | Unavailable {
  const { residuals, leverage, inverse, design } = model;
  const n = residuals.length;
  const p = inverse.rows;
  const divides = kind === 'HC2' || kind === 'HC3' || kind === 'HC4';
  if (divides && leverage.some((h) => h > 1 - 1e-10))
    return { reason: `An observation alone determines a parameter: ${kind} isn't defined; use HC0 or HC1.` };
  const weights = residuals.map((e, i) => {
    const h = leverage[i]!;
    const square = e * e;
    if (kind === 'HC1') return (square * n) / (n - p);
    if (kind === 'HC2') return square / (1 - h);
    if (kind === 'HC3') return square / (1 - h) ** 2;
    if (kind === 'HC4') return square / (1 - h) ** Math.min(4, (n * h) / p);
    return square;
  });
  return multiply(multiply(inverse, crossProduct(design.matrix, weights)), inverse);
}
