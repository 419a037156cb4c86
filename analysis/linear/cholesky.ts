import { type Matrix, zeros } from './matrix.ts';

/**
 * The Cholesky factor L (lower triangle, A = LLᵀ) of a symmetric positive definite matrix.
 *
 * @param tolerance a pivot below tolerance × its diagonal element counts as zero
 * @returns null when A isn't positive definite to working accuracy (collinear columns, singular covariance)
 */
export function cholesky(a: Matrix, tolerance = 1e-12): Matrix | null {
  const n = a.rows;
  const l = zeros(n, n);
  const d = l.data;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a.data[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= d[i * n + k]! * d[j * n + k]!;
      if (i === j) {
        if (!(sum > tolerance * Math.abs(a.data[i * n + i]!)) || !Number.isFinite(sum)) return null;
        d[i * n + i] = Math.sqrt(sum);
      } else d[i * n + j] = sum / d[j * n + j]!;
    }
  }
  return l;
}

/** x with LLᵀx = b. */
export function choleskySolve(l: Matrix, b: ArrayLike<number>): Float64Array {
  const n = l.rows;
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= l.data[i * n + k]! * x[k]!;
    x[i] = sum / l.data[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let k = i + 1; k < n; k++) sum -= l.data[k * n + i]! * x[k]!;
    x[i] = sum / l.data[i * n + i]!;
  }
  return x;
}

/** (LLᵀ)⁻¹, exactly symmetric. */
export function choleskyInverse(l: Matrix): Matrix {
  const n = l.rows;
  // M = L⁻¹ (lower), then A⁻¹ = MᵀM.
  const m = zeros(n, n);
  for (let j = 0; j < n; j++) {
    m.data[j * n + j] = 1 / l.data[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= l.data[i * n + k]! * m.data[k * n + j]!;
      m.data[i * n + j] = sum / l.data[i * n + i]!;
    }
  }
  const inverse = zeros(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += m.data[k * n + i]! * m.data[k * n + j]!;
      inverse.data[i * n + j] = sum;
      inverse.data[j * n + i] = sum;
    }
  return inverse;
}

/** ln |A| from its Cholesky factor. */
export function logDeterminant(l: Matrix): number {
  let sum = 0;
  for (let i = 0; i < l.rows; i++) sum += Math.log(l.data[i * l.rows + i]!);
  return 2 * sum;
}

/** A⁻¹ of a symmetric positive definite matrix, or null. */
export function inverseOf(a: Matrix): Matrix | null {
  const l = cholesky(a);
  return l && choleskyInverse(l);
}
