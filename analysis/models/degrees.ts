import { fUpper } from '../distributions/f.ts';
import { cholesky, choleskyInverse, choleskySolve } from '../linear/cholesky.ts';
import { symmetricEigen } from '../linear/eigen.ts';
import {
  apply,
  bilinear,
  dot,
  fromRows,
  type Matrix,
  multiply,
  sandwich,
  toRows,
  traceOfProduct,
  transpose,
} from '../linear/matrix.ts';
import type { Unavailable } from '../unavailable.ts';
import { type Estimate, estimateOf, type WaldF } from './contrast.ts';
import { adjustmentMiddle } from './kenward-roger.ts';
import type { MixedFit } from './mixed-fit.ts';

/**
 * Degrees of freedom and covariance for tests of fixed effects:
 *
 *   satterthwaite             model-based covariance; observed information
 *   kenward-roger             adjusted covariance with second derivatives, observed information: SAS's DDFM=KR
 *   kenward-roger-linear      … without second derivatives: SAS's DDFM=KR(LINEAR), mmrm's "Kenward-Roger-Linear"
 *   kenward-roger-expected    … with second derivatives and expected information: R's pbkrtest, lmerTest
 *   residual                  model-based covariance, n − p
 *   asymptotic                model-based covariance, infinite
 */
export type DegreesMethod =
  | 'satterthwaite'
  | 'kenward-roger'
  | 'kenward-roger-linear'
  | 'kenward-roger-expected'
  | 'residual'
  | 'asymptotic';

export interface Inference {
  method: DegreesMethod;
  /** Covariance of β that standard errors are made of. */
  covariance: Matrix;
  /** Covariance of the covariance parameters. */
  w: Matrix;
}

/**
 * Covariance of θ is the inverse information 2·H⁻¹, H the Hessian of −2ℓ (or its expectation); Kenward & Roger
 * (Biometrics 1997;53:983–997, eq. 5): Φ_A = Φ + 2Φ·Λ·Φ.
 */
export function inference(fit: MixedFit, method: DegreesMethod): Inference | Unavailable {
  const known = fit.inferences.get(method);
  if (known) return known;
  const { at, derivatives } = fit.maximum;
  const information = method === 'kenward-roger-expected' ? derivatives.expected : derivatives.observed;
  const n = information.rows;
  const d = Float64Array.from({ length: n }, (_, i) => Math.sqrt(Math.abs(information.data[i * n + i]!)));
  const unit: Matrix = {
    ...information,
    data: information.data.map((v, e) => v / (d[Math.floor(e / n)]! * d[e % n]!)),
  };
  const factor = cholesky(unit);
  if (!factor) return { reason: 'The information of the covariance parameters is singular.' };
  const inverse = choleskyInverse(factor);
  const w: Matrix = {
    ...inverse,
    data: inverse.data.map((v, e) => (2 * v) / (d[Math.floor(e / n)]! * d[e % n]!)),
  };
  let covariance = at.phi;
  if (method.startsWith('kenward-roger')) {
    const middle = adjustmentMiddle(fit.data, at, derivatives.slopes, w, method !== 'kenward-roger-linear');
    const change = multiply(multiply(at.phi, middle), at.phi);
    covariance = { ...at.phi, data: at.phi.data.map((v, e) => v + 2 * change.data[e]!) };
  }
  const result = { method, covariance, w };
  fit.inferences.set(method, result);
  return result;
}

/**
 * Satterthwaite's degrees of freedom of one contrast: 2(LΦLᵀ)²/(gᵀWg) with gₖ = ∂(LΦLᵀ)/∂θₖ = LΦ·XᵀV⁻¹V̇ₖV⁻¹X·ΦLᵀ
 * (Satterthwaite FE. Biometrics 1946;2:110–114). Kenward & Roger's degrees of freedom for one row are the same formula
 * with their W.
 */
function degreesOf(fit: MixedFit, row: ArrayLike<number>, w: Matrix): number {
  const { at, derivatives } = fit.maximum;
  const direction = apply(at.phi, row);
  const g = Float64Array.from(derivatives.slopes, (s) => bilinear(direction, s, direction));
  const variance = bilinear(row, at.phi, row);
  return (2 * variance * variance) / bilinear(g, w, g);
}

/** Estimate, standard error, df, t test and interval of Lβ. */
export function mixedContrast(
  fit: MixedFit,
  row: ArrayLike<number>,
  method: DegreesMethod = 'kenward-roger',
  level = 0.95,
): Estimate | Unavailable {
  const used = inference(fit, method);
  if ('reason' in used) return used;
  const df =
    method === 'asymptotic'
      ? Infinity
      : method === 'residual'
        ? fit.observations - fit.maximum.at.beta.length
        : degreesOf(fit, row, used.w);
  const variance = bilinear(row, used.covariance, row);
  if (!(variance > 0) || !(df > 0)) return { reason: 'The contrast has no sampling variation.' };
  return estimateOf(dot(row, fit.maximum.at.beta), Math.sqrt(variance), df, level);
}

export interface MixedF extends WaldF {
  /** Kenward & Roger's factor on F (1 for other methods). */
  scale: number;
}

/**
 * F test of several contrasts at once.
 *
 * Satterthwaite: Fai & Cornelius (J Stat Comput Simul 1996;54:363–378): LΦLᵀ = UDUᵀ turns the rows into q independent
 * contrasts with νₘ degrees of freedom each; E = Σνₘ/(νₘ−2) over νₘ > 2, df₂ = 2E/(E − q).
 *
 * Kenward & Roger (1997, section 3): Θ = Lᵀ(LΦLᵀ)⁻¹L,
 *   A₁ = ΣWₖₗ·tr(ΘΦPₖΦ)·tr(ΘΦPₗΦ),  A₂ = ΣWₖₗ·tr(ΘΦPₖΦΘΦPₗΦ),  B = (A₁ + 6A₂)/(2q),
 *   g = ((q+1)A₁ − (q+4)A₂)/((q+2)A₂),  cᵢ = (g, q−g, q+2−g)/(3q + 2(1−g)),
 *   E = 1/(1 − A₂/q),  V = (2/q)(1 + c₁B)/((1 − c₂B)²(1 − c₃B)),
 *   ρ = V/(2E²),  m = 4 + (q+2)/(qρ−1),  λ = m/(E(m−2));  λF is F on q and m.
 */
export function mixedTest(
  fit: MixedFit,
  rows: readonly ArrayLike<number>[],
  method: DegreesMethod = 'kenward-roger',
): MixedF | Unavailable {
  const used = inference(fit, method);
  if ('reason' in used) return used;
  const l = fromRows(rows);
  const q = l.rows;
  const { at, derivatives } = fit.maximum;
  const value = apply(l, at.beta);
  const factor = cholesky(sandwich(l, used.covariance));
  if (!factor) return { reason: 'The hypotheses are linearly dependent or have no sampling variation.' };
  const f = dot(value, choleskySolve(factor, value)) / q;
  const result = (df2: number, scale = 1): MixedF => ({
    f: f * scale,
    df1: q,
    df2,
    p: fUpper(f * scale, q, df2),
    scale,
  });
  if (method === 'asymptotic') return result(Infinity);
  if (method === 'residual') return result(fit.observations - at.beta.length);
  if (q === 1) return result(degreesOf(fit, rows[0]!, used.w));
  const base = sandwich(l, at.phi);
  if (method === 'satterthwaite') {
    const { vectors } = symmetricEigen(base);
    const turned = toRows(multiply(transpose(vectors), l));
    const nu = turned.map((row) => degreesOf(fit, row, used.w));
    // All alike: their common value, which the formula below tends to.
    if (Math.max(...nu) - Math.min(...nu) < 1e-8 * Math.max(...nu)) return result(nu[0]!);
    const e = nu.reduce((sum, v) => sum + (v > 2 ? v / (v - 2) : 0), 0);
    return e > q ? result((2 * e) / (e - q)) : { reason: 'Too few degrees of freedom for this test.' };
  }
  const inner = cholesky(base);
  if (!inner) return { reason: 'The hypotheses are linearly dependent.' };
  // ΘΦPₖΦ has the same traces as M·(LΦPₖΦLᵀ) with M = (LΦLᵀ)⁻¹; signs cancel in both sums.
  const half = multiply(l, at.phi);
  const inverse = choleskyInverse(inner);
  const parts = derivatives.slopes.map((s) => multiply(inverse, sandwich(half, s)));
  const count = parts.length;
  let a1 = 0;
  let a2 = 0;
  const trace = (m: Matrix) => {
    let sum = 0;
    for (let i = 0; i < q; i++) sum += m.data[i * q + i]!;
    return sum;
  };
  for (let k = 0; k < count; k++)
    for (let j = 0; j < count; j++) {
      const weight = used.w.data[k * count + j]!;
      a1 += weight * trace(parts[k]!) * trace(parts[j]!);
      a2 += weight * traceOfProduct(parts[k]!, parts[j]!);
    }
  const b = (a1 + 6 * a2) / (2 * q);
  const g = ((q + 1) * a1 - (q + 4) * a2) / ((q + 2) * a2);
  const bottom = 3 * q + 2 * (1 - g);
  const c1 = g / bottom;
  const c2 = (q - g) / bottom;
  const c3 = (q + 2 - g) / bottom;
  const e = 1 / (1 - a2 / q);
  const v = ((2 / q) * (1 + c1 * b)) / ((1 - c2 * b) ** 2 * (1 - c3 * b));
  const ratio = v / (2 * e * e);
  const m = 4 + (q + 2) / (q * ratio - 1);
  if (!(m > 2)) return { reason: 'Too few degrees of freedom for this test.' };
  return result(m, m / (e * (m - 2)));
}
