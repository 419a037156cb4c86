import type { Matrix } from '../linear/matrix.ts';
import { at, fill, meanOf, type Structure, towardsDiagonal } from './covariance-structure.ts';

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

export const autoregressive: CorrelationPattern = {
  name: 'AR(1)',
  parameters: ['AR(1)'],
  value: (rho, lag) => rho[0]! ** lag,
  first: (rho, lag) => (lag === 0 ? 0 : lag * rho[0]! ** (lag - 1)),
  second: (rho, lag) => (lag < 2 ? 0 : lag * (lag - 1) * rho[0]! ** (lag - 2)),
  start: (correlation) => [clipped(meanOf(correlation, (i, j) => i - j === 1))],
};

export const exchangeable: CorrelationPattern = {
  name: 'compound symmetry',
  parameters: ['CSH'],
  value: (rho, lag) => (lag === 0 ? 1 : rho[0]!),
  first: (_, lag) => (lag === 0 ? 0 : 1),
  second: () => 0,
  start: (correlation) => [
    Math.max(-0.5 / Math.max(1, correlation.rows - 1), clipped(meanOf(correlation, (i, j) => i !== j))),
  ],
};

export const banded = (size: number): CorrelationPattern => ({
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
export function heterogeneous(size: number, pattern: CorrelationPattern): Structure {
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
