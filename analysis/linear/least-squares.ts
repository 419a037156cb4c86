import { type Matrix, zeros } from './matrix.ts';

export interface LeastSquares {
  coefficients: Float64Array;
  /** (XᵀX)⁻¹. */
  inverse: Matrix;
  residuals: Float64Array;
  /** Leverages: diagonal of X(XᵀX)⁻¹Xᵀ. */
  leverage: Float64Array;
  residualSumOfSquares: number;
}

/**
 * Least squares by Householder QR (Golub & Van Loan, Matrix Computations, algorithm 5.2.1): unlike the normal
 * equations it doesn't square the condition of X.
 *
 * @returns the index of the first column that is a linear combination of those before it, when there is one
 */
export function leastSquares(x: Matrix, y: ArrayLike<number>): LeastSquares | { collinear: number } {
  const n = x.rows;
  const p = x.columns;
  const a = Float64Array.from(x.data);
  const qty = Float64Array.from(y);
  const reflectors: Float64Array[] = [];
  const reflect = (v: Float64Array, k: number, target: Float64Array, stride: number, offset: number) => {
    let sum = 0;
    for (let i = k; i < n; i++) sum += v[i]! * target[i * stride + offset]!;
    for (let i = k; i < n; i++) target[i * stride + offset]! -= 2 * sum * v[i]!;
  };
  for (let k = 0; k < p; k++) {
    let norm = 0;
    let whole = 0;
    for (let i = 0; i < n; i++) {
      const original = x.data[i * p + k]!;
      whole += original * original;
      if (i >= k) norm += a[i * p + k]! ** 2;
    }
    if (k >= n || !(Math.sqrt(norm) > 1e-10 * Math.sqrt(whole))) return { collinear: k };
    const pivot = a[k * p + k]!;
    const alpha = pivot > 0 ? -Math.sqrt(norm) : Math.sqrt(norm);
    const v = new Float64Array(n);
    for (let i = k; i < n; i++) v[i] = a[i * p + k]!;
    v[k]! -= alpha;
    let length = 0;
    for (let i = k; i < n; i++) length += v[i]! * v[i]!;
    length = Math.sqrt(length);
    for (let i = k; i < n; i++) v[i]! /= length;
    for (let j = k; j < p; j++) reflect(v, k, a, p, j);
    reflect(v, k, qty, 1, 0);
    reflectors.push(v);
  }
  const coefficients = new Float64Array(p);
  for (let i = p - 1; i >= 0; i--) {
    let sum = qty[i]!;
    for (let j = i + 1; j < p; j++) sum -= a[i * p + j]! * coefficients[j]!;
    coefficients[i] = sum / a[i * p + i]!;
  }
  const inverse = inverseFromTriangle(a, p);
  // Residuals are Q·(0, …, 0, the rest of Qᵀy): free of the cancellation in y − Xb.
  const residuals = Float64Array.from(qty, (v, i) => (i < p ? 0 : v));
  for (let k = p - 1; k >= 0; k--) reflect(reflectors[k]!, k, residuals, 1, 0);
  let residualSumOfSquares = 0;
  for (let i = p; i < n; i++) residualSumOfSquares += qty[i]! ** 2;
  const leverage = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let h = 0;
    for (let r = 0; r < p; r++) {
      let inner = 0;
      for (let c = 0; c < p; c++) inner += inverse.data[r * p + c]! * x.data[i * p + c]!;
      h += x.data[i * p + r]! * inner;
    }
    leverage[i] = h;
  }
  return { coefficients, inverse, residuals, leverage, residualSumOfSquares };
}

/** (RᵀR)⁻¹ from the upper triangle R held in the first p rows of `a`. */
function inverseFromTriangle(a: Float64Array, p: number): Matrix {
  const r = zeros(p, p);
  for (let j = 0; j < p; j++) {
    r.data[j * p + j] = 1 / a[j * p + j]!;
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= j; k++) sum -= a[i * p + k]! * r.data[k * p + j]!;
      r.data[i * p + j] = sum / a[i * p + i]!;
    }
  }
  const inverse = zeros(p, p);
  for (let i = 0; i < p; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < p; k++) sum += r.data[i * p + k]! * r.data[j * p + k]!;
      inverse.data[i * p + j] = sum;
      inverse.data[j * p + i] = sum;
    }
  return inverse;
}
