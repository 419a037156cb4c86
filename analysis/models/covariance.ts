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

const at = (m: Matrix, i: number, j: number) => m.data[i * m.columns + j]!;

function fill(size: number, f: (i: number, j: number) => number): Matrix {
  const m = zeros(size, size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) m.data[i * size + j] = f(i, j);
  return m;
}

/** Mean over the elements that satisfy a condition; 0 when none does. */
function meanOf(m: Matrix, pick: (i: number, j: number) => boolean): number {
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

/** Off-diagonal elements are drawn towards 0 until the matrix is positive definite. */
export function towardsDiagonal(m: Matrix): Matrix {
  for (let factor = 1; factor > 1e-3; factor *= 0.8) {
    const shrunk = fill(m.rows, (i, j) => (i === j ? at(m, i, j) : factor * at(m, i, j)));
    if (cholesky(shrunk, 1e-3)) return shrunk;
  }
  return fill(m.rows, (i, j) => (i === j ? at(m, i, j) : 0));
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

/** A correlation matrix R(ρ) with derivatives; `second` is null where zero. */
interface CorrelationPattern {
  name: string;
  parameters: string[];
  value(rho: ArrayLike<number>, lag: number): number;
  first(rho: ArrayLike<number>, lag: number, k: number): number;
  second(rho: ArrayLike<number>, lag: number, k: number, l: number): number;
  start(correlation: Matrix): number[];
}

const clipped = (r: number) => Math.max(-0.8, Math.min(0.8, r));

const autoregressive: CorrelationPattern = {
  name: 'AR(1)',
  parameters: ['AR(1)'],
  value: (rho, lag) => rho[0]! ** lag,
  first: (rho, lag) => (lag === 0 ? 0 : lag * rho[0]! ** (lag - 1)),
  second: (rho, lag) => (lag < 2 ? 0 : lag * (lag - 1) * rho[0]! ** (lag - 2)),
  start: (correlation) => [clipped(meanOf(correlation, (i, j) => i - j === 1))],
};

const exchangeable: CorrelationPattern = {
  name: 'compound symmetry',
  parameters: ['CSH'],
  value: (rho, lag) => (lag === 0 ? 1 : rho[0]!),
  first: (_, lag) => (lag === 0 ? 0 : 1),
  second: () => 0,
  start: (correlation) => [
    Math.max(-0.5 / Math.max(1, correlation.rows - 1), clipped(meanOf(correlation, (i, j) => i !== j))),
  ],
};

const banded = (size: number): CorrelationPattern => ({
  name: 'Toeplitz',
  parameters: Array.from({ length: size - 1 }, (_, k) => `TOEPH(${k + 1})`),
  value: (rho, lag) => (lag === 0 ? 1 : rho[lag - 1]!),
  first: (_, lag, k) => (lag === k + 1 ? 1 : 0),
  second: () => 0,
  start: (correlation) => {
    const mean = Array.from({ length: size }, (_, lag) => meanOf(correlation, (i, j) => i - j === lag));
    const s = towardsDiagonal(fill(size, (i, j) => (i === j ? 1 : mean[Math.abs(i - j)]!)));
    return Array.from({ length: size - 1 }, (_, k) => at(s, k + 1, 0));
  },
});

function toCorrelation(m: Matrix): Matrix {
  return fill(m.rows, (i, j) => at(m, i, j) / Math.sqrt(at(m, i, i) * at(m, j, j)));
}

/** Σᵢⱼ = √(vᵢvⱼ)·Rᵢⱼ(ρ), a variance vᵢ for each visit. */
function heterogeneous(size: number, pattern: CorrelationPattern): Structure {
  const lag = (i: number, j: number) => Math.abs(i - j);
  const rho = (theta: ArrayLike<number>) => Array.from(theta).slice(size);
  const root = (theta: ArrayLike<number>, i: number, j: number) => Math.sqrt(theta[i]! * theta[j]!);
  const count = size + pattern.parameters.length;
  return {
    name: `heterogeneous ${pattern.name}`,
    size,
    parameters: [...Array.from({ length: size }, (_, i) => `Var(${i + 1})`), ...pattern.parameters],
    isVariance: Array.from({ length: count }, (_, k) => k < size),
    matrix: (theta) => fill(size, (i, j) => root(theta, i, j) * pattern.value(rho(theta), lag(i, j))),
    first: (theta) =>
      Array.from({ length: count }, (_, k) =>
        fill(size, (i, j) => {
          if (k >= size) return root(theta, i, j) * pattern.first(rho(theta), lag(i, j), k - size);
          // ∂√(vᵢvⱼ)/∂vₖ = √(vᵢvⱼ)·(number of times k is i or j)/(2vₖ)
          const times = Number(i === k) + Number(j === k);
          return times === 0
            ? 0
            : ((root(theta, i, j) * times) / (2 * theta[k]!)) * pattern.value(rho(theta), lag(i, j));
        }),
      ),
    second: (theta, k, l) =>
      fill(size, (i, j) => {
        const power = (v: number) => (Number(i === v) + Number(j === v)) / 2;
        const size0 = root(theta, i, j);
        if (k >= size && l >= size) return size0 * pattern.second(rho(theta), lag(i, j), k - size, l - size);
        if (k >= size || l >= size) {
          const v = Math.min(k, l);
          const r = Math.max(k, l) - size;
          return ((size0 * power(v)) / theta[v]!) * pattern.first(rho(theta), lag(i, j), r);
        }
        const twice = k === l ? power(k) * (power(k) - 1) : power(k) * power(l);
        return ((size0 * twice) / (theta[k]! * theta[l]!)) * pattern.value(rho(theta), lag(i, j));
      }),
    start: (residual) => [
      ...Array.from({ length: size }, (_, i) => at(residual, i, i)),
      ...pattern.start(toCorrelation(residual)),
    ],
  };
}

/** AR(1): Σᵢⱼ = σ²·ρ^|i−j|. */
export function autoregressiveStructure(size: number): Structure {
  const lag = (i: number, j: number) => Math.abs(i - j);
  const r = (theta: ArrayLike<number>) => [theta[1]!];
  return {
    name: 'AR(1)',
    size,
    parameters: ['Residual', 'AR(1)'],
    isVariance: [true, false],
    matrix: (theta) => fill(size, (i, j) => theta[0]! * autoregressive.value(r(theta), lag(i, j))),
    first: (theta) => [
      fill(size, (i, j) => autoregressive.value(r(theta), lag(i, j))),
      fill(size, (i, j) => theta[0]! * autoregressive.first(r(theta), lag(i, j), 0)),
    ],
    second: (theta, k, l) => {
      if (k === 0 && l === 0) return null;
      return fill(size, (i, j) =>
        k === l
          ? theta[0]! * autoregressive.second(r(theta), lag(i, j), 0, 0)
          : autoregressive.first(r(theta), lag(i, j), 0),
      );
    },
    start: (residual) => [
      meanOf(residual, (i, j) => i === j),
      autoregressive.start(toCorrelation(residual))[0]!,
    ],
  };
}

export type StructureName =
  | 'unstructured'
  | 'toeplitz'
  | 'heterogeneous-toeplitz'
  | 'ar1'
  | 'heterogeneous-ar1'
  | 'compound-symmetry'
  | 'heterogeneous-compound-symmetry'
  | 'independent';

/** @param size number of visits; with one visit every structure is a single variance */
export function structureNamed(name: StructureName, size: number): Structure {
  if (size === 1) return name === 'unstructured' ? unstructured(1) : independent(1);
  switch (name) {
    case 'unstructured':
      return unstructured(size);
    case 'toeplitz':
      return toeplitz(size);
    case 'heterogeneous-toeplitz':
      return heterogeneous(size, banded(size));
    case 'ar1':
      return autoregressiveStructure(size);
    case 'heterogeneous-ar1':
      return heterogeneous(size, autoregressive);
    case 'compound-symmetry':
      return compoundSymmetry(size);
    case 'heterogeneous-compound-symmetry':
      return heterogeneous(size, exchangeable);
    case 'independent':
      return independent(size);
  }
}
