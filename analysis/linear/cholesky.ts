import { type Matrix, zeros } from './matrix.ts';

/**
 * Puts the Cholesky factor L (A = LLᵀ) in place of the lower triangle of a symmetric n×n matrix, row by row; what
 * stands above the diagonal is neither read nor changed.
 *
 * @param tolerance a pivot below tolerance × its diagonal element counts as zero
 * @returns false where A isn't positive definite to working accuracy; `a` is then spoilt
 */
export function factoriseInPlace(a: Float64Array, n: number, tolerance = 1e-12): boolean {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j <= i; j++) {
      const other = j * n;
      const whole = a[row + j]!;
      let sum = whole;
      for (let k = 0; k < j; k++) sum -= a[row + k]! * a[other + k]!;
      if (i === j) {
        if (!(sum > tolerance * Math.abs(whole)) || !Number.isFinite(sum)) return false;
        a[row + i] = Math.sqrt(sum);
      } else a[row + j] = sum / a[other + j]!;
    }
  }
  return true;
}

/** Puts x with LLᵀx = b in place of b, for a factor that stands in a lower triangle. */
export function solveInPlace(l: Float64Array, b: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * n + k]! * b[k]!;
    b[i] = sum / l[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k++) sum -= l[k * n + i]! * b[k]!;
    b[i] = sum / l[i * n + i]!;
  }
}

/**
 * The Cholesky factor L (lower triangle, A = LLᵀ) of a symmetric positive definite matrix.
 *
 * @param tolerance a pivot below tolerance × its diagonal element counts as zero
 * @returns null when A isn't positive definite to working accuracy (collinear columns, singular covariance)
 */
export function cholesky(a: Matrix, tolerance = 1e-12): Matrix | null {
  const n = a.rows;
  const l = zeros(n, n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) l.data[i * n + j] = a.data[i * n + j]!;
  return factoriseInPlace(l.data, n, tolerance) ? l : null;
}

/** x with LLᵀx = b. */
export function choleskySolve(l: Matrix, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  solveInPlace(l.data, x, l.rows);
  return x;
}

/**
 * Puts (LLᵀ)⁻¹, exactly symmetric, into `inverse` for a factor that stands in a lower triangle.
 *
 * @param scratch n×n numbers, overwritten
 */
export function invertFactor(l: Float64Array, inverse: Float64Array, scratch: Float64Array, n: number): void {
  // M = L⁻¹ (lower), then A⁻¹ = MᵀM.
  for (let j = 0; j < n; j++) {
    scratch[j * n + j] = 1 / l[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= l[i * n + k]! * scratch[k * n + j]!;
      scratch[i * n + j] = sum / l[i * n + i]!;
    }
  }
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += scratch[k * n + i]! * scratch[k * n + j]!;
      inverse[i * n + j] = sum;
      inverse[j * n + i] = sum;
    }
}

/** (LLᵀ)⁻¹, exactly symmetric. */
export function choleskyInverse(l: Matrix): Matrix {
  const inverse = zeros(l.rows, l.rows);
  invertFactor(l.data, inverse.data, new Float64Array(l.data.length), l.rows);
  return inverse;
}

/** ln |A| from its Cholesky factor. */
export function logDeterminant(l: Matrix): number {
  let sum = 0;
  for (let i = 0; i < l.rows; i++) sum += Math.log(l.data[i * l.rows + i]!);
  return 2 * sum;
}
