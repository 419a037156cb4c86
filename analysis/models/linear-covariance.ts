import type { Matrix } from '../linear/matrix.ts';
import { at, fill, meanOf, type Structure, towardsDiagonal } from './covariance-structure.ts';

/** A structure that is a sum Σθₖ·Bₖ of constant matrices. */
function linear(name: string, parameters: string[], basis: Matrix[], start: Structure['start']): Structure {
  const size = basis[0]!.rows;
  return {
    name,
    size,
    parameters,
    isVariance: parameters.map(() => true),
    matrix: (theta) => fill(size, (i, j) => basis.reduce((sum, b, k) => sum + theta[k]! * at(b, i, j), 0)),
    first: () => basis,
    second: () => null,
    start,
  };
}

/** Any positive definite matrix; parameters UN(i,j). */
export function unstructured(size: number): Structure {
  const pairs: [number, number][] = [];
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) pairs.push([i, j]);
  return linear(
    'unstructured',
    pairs.map(([i, j]) => `UN(${i + 1},${j + 1})`),
    pairs.map(([a, b]) => fill(size, (i, j) => ((i === a && j === b) || (i === b && j === a) ? 1 : 0))),
    (residual) => {
      const s = towardsDiagonal(residual);
      return pairs.map(([i, j]) => at(s, i, j));
    },
  );
}

/** Compound symmetry: one covariance and a residual variance, Σ = c·J + σ²·I. */
export function compoundSymmetry(size: number): Structure {
  return linear(
    'compound symmetry',
    size > 1 ? ['CS', 'Residual'] : ['Residual'],
    [...(size > 1 ? [fill(size, () => 1)] : []), fill(size, (i, j) => (i === j ? 1 : 0))],
    (residual) => {
      const variance = meanOf(residual, (i, j) => i === j);
      if (size === 1) return [variance];
      const covariance = Math.max(
        0.05 * variance,
        Math.min(
          0.9 * variance,
          meanOf(residual, (i, j) => i !== j),
        ),
      );
      return [covariance, variance - covariance];
    },
  );
}

/** Independent measurements with one variance. */
export function independent(size: number): Structure {
  return linear('independent', ['Residual'], [fill(size, (i, j) => (i === j ? 1 : 0))], (residual) => [
    meanOf(residual, (i, j) => i === j),
  ]);
}

/** Toeplitz: one covariance for each lag, TOEP(1) the variance. */
export function toeplitz(size: number): Structure {
  const lags = Array.from({ length: size }, (_, lag) => lag);
  return linear(
    'Toeplitz',
    lags.map((lag) => `TOEP(${lag + 1})`),
    lags.map((lag) => fill(size, (i, j) => (Math.abs(i - j) === lag ? 1 : 0))),
    (residual) => {
      const mean = lags.map((lag) => meanOf(residual, (i, j) => i - j === lag));
      const s = towardsDiagonal(fill(size, (i, j) => mean[Math.abs(i - j)]!));
      return lags.map((lag) => at(s, lag, 0));
    },
  );
}

/**
 * Random intercept and slope over the given times, Σ = Z·G·Zᵀ + σ²·I with rows (1, t) of Z; parameters are the
 * elements of G and the residual variance.
 */
export function randomSlope(times: readonly number[]): Structure {
  const size = times.length;
  const t = (i: number) => times[i]!;
  return linear(
    'random slope',
    ['UN(1,1)', 'UN(2,1)', 'UN(2,2)', 'Residual'],
    [
      fill(size, () => 1),
      fill(size, (i, j) => t(i) + t(j)),
      fill(size, (i, j) => t(i) * t(j)),
      fill(size, (i, j) => (i === j ? 1 : 0)),
    ],
    (residual) => {
      const variance = meanOf(residual, (i, j) => i === j);
      const square = times.reduce((sum, v) => sum + v * v, 0) / size;
      return [0.4 * variance, 0, (0.1 * variance) / Math.max(square, 1e-12), 0.5 * variance];
    },
  );
}
