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

/** A design matrix taken apart once, to be solved for as many responses as one likes. */
export interface Orthogonal {
  solve(y: ArrayLike<number>): LeastSquares;
}

/**
 * Householder QR of a design matrix (Golub & Van Loan, Matrix Computations, algorithm 5.2.1): unlike the normal
 * equations it doesn't square the condition of X.
 *
 * @returns the index of the first column that is a linear combination of those before it, when there is one
 */
export function orthogonalise(x: Matrix): Orthogonal | { collinear: number } {
  const n = x.rows;
  const p = x.columns;
  // One column after the other, so that reflecting runs through memory in order.
  const columns = Array.from({ length: p }, (_, k) => {
    const column = new Float64Array(n);
    for (let i = 0; i < n; i++) column[i] = x.data[i * p + k]!;
    return column;
  });
  const lengths = columns.map((column) => Math.sqrt(squareFrom(column, 0)));
  const reflectors: Float64Array[] = [];
  for (let k = 0; k < p; k++) {
    const column = columns[k]!;
    const norm = k < n ? Math.sqrt(squareFrom(column, k)) : 0;
    if (!(norm > 1e-10 * lengths[k]!)) return { collinear: k };
    const v = Float64Array.from(column).fill(0, 0, k);
    v[k]! += column[k]! > 0 ? norm : -norm;
    const length = Math.sqrt(squareFrom(v, k));
    for (let i = k; i < n; i++) v[i]! /= length;
    for (let j = k; j < p; j++) reflect(v, k, columns[j]!);
    reflectors.push(v);
  }
  const inverse = inverseFromTriangle(columns);
  let leverage: Float64Array | undefined;
  return {
    solve(y) {
      const qty = Float64Array.from(y);
      for (let k = 0; k < p; k++) reflect(reflectors[k]!, k, qty);
      const coefficients = new Float64Array(p);
      for (let i = p - 1; i >= 0; i--) {
        let sum = qty[i]!;
        for (let j = i + 1; j < p; j++) sum -= columns[j]![i]! * coefficients[j]!;
        coefficients[i] = sum / columns[i]![i]!;
      }
      const residualSumOfSquares = squareFrom(qty, p);
      // Residuals are Q·(0, …, 0, the rest of Qᵀy): free of the cancellation in y − Xb.
      const residuals = qty.fill(0, 0, p);
      for (let k = p - 1; k >= 0; k--) reflect(reflectors[k]!, k, residuals);
      return {
        coefficients,
        inverse,
        residuals,
        residualSumOfSquares,
        get leverage() {
          leverage ??= leverageOf(x, inverse);
          return leverage;
        },
      };
    },
  };
}

/** Sum of squares from place k on. */
function squareFrom(v: Float64Array, k: number): number {
  let sum = 0;
  for (let i = k; i < v.length; i++) sum += v[i]! * v[i]!;
  return sum;
}

/** Reflects a vector in the hyperplane orthogonal to the unit vector v, which is 0 before k. */
function reflect(v: Float64Array, k: number, target: Float64Array): void {
  let sum = 0;
  for (let i = k; i < v.length; i++) sum += v[i]! * target[i]!;
  sum *= 2;
  for (let i = k; i < v.length; i++) target[i]! -= sum * v[i]!;
}

/** Diagonal of X(XᵀX)⁻¹Xᵀ. */
function leverageOf({ rows: n, columns: p, data }: Matrix, inverse: Matrix): Float64Array {
  const leverage = new Float64Array(n);
  for (let i = 0; i < n; i++)
    for (let r = 0; r < p; r++) {
      let inner = 0;
      for (let c = 0; c < p; c++) inner += inverse.data[r * p + c]! * data[i * p + c]!;
      leverage[i]! += data[i * p + r]! * inner;
    }
  return leverage;
}

/**
 * Least squares of one response.
 *
 * @returns the index of the first column that is a linear combination of those before it, when there is one
 */
export function leastSquares(x: Matrix, y: ArrayLike<number>): LeastSquares | { collinear: number } {
  const design = orthogonalise(x);
  return 'collinear' in design ? design : design.solve(y);
}

/** (RᵀR)⁻¹ from the upper triangle R at the top of the columns. */
function inverseFromTriangle(columns: readonly Float64Array[]): Matrix {
  const p = columns.length;
  const r = zeros(p, p);
  for (let j = 0; j < p; j++) {
    r.data[j * p + j] = 1 / columns[j]![j]!;
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= j; k++) sum += columns[k]![i]! * r.data[k * p + j]!;
      r.data[i * p + j] = -sum / columns[i]![i]!;
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
