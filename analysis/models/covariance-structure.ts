import { cholesky } from '../linear/cholesky.ts';
import { type Matrix, zeros } from '../linear/matrix.ts';

/**
 * A covariance structure of T repeated measurements: Σ(θ) with first and second derivatives in its own parameters.
 * Parameters are those of SAS's PROC MIXED (variances, covariances, correlations), as Kenward and Roger's adjustment
 * depends on them.
 */
export interface Structure {
  name: string;
  size: number;
  parameters: string[];
  /** Which parameters are on the scale of the outcome's variance; the others are correlations. */
  isVariance: boolean[];
  matrix(theta: ArrayLike<number>): Matrix;
  /** ∂Σ/∂θₖ for each k. */
  first(theta: ArrayLike<number>): Matrix[];
  /** ∂²Σ/∂θₖ∂θₗ, null where it is zero. */
  second(theta: ArrayLike<number>, k: number, l: number): Matrix | null;
  /** A start from a covariance matrix of residuals. */
  start(residual: Matrix): number[];
}

/** Element (i, j). */
export const at = (m: Matrix, i: number, j: number) => m.data[i * m.columns + j]!;

/** A square matrix from a function of its indices. */
export function fill(size: number, f: (i: number, j: number) => number): Matrix {
  const m = zeros(size, size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) m.data[i * size + j] = f(i, j);
  return m;
}

/** Mean over the elements that satisfy a condition; 0 when none does. */
export function meanOf(m: Matrix, pick: (i: number, j: number) => boolean): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < m.rows; i++)
    for (let j = 0; j <= i; j++)
      if (pick(i, j)) {
        sum += at(m, i, j);
        count++;
      }
  return count > 0 ? sum / count : 0;
}

/** Off-diagonal elements are drawn towards 0 until the matrix is positive definite. */
export function towardsDiagonal(m: Matrix): Matrix {
  for (let factor = 1; factor > 1e-3; factor *= 0.8) {
    const shrunk = fill(m.rows, (i, j) => (i === j ? at(m, i, j) : factor * at(m, i, j)));
    if (cholesky(shrunk, 1e-3)) return shrunk;
  }
  return fill(m.rows, (i, j) => (i === j ? at(m, i, j) : 0));
}
