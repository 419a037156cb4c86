import { cholesky, choleskyInverse, choleskySolve, logDeterminant } from '../linear/cholesky.ts';
import { type Matrix, zeros } from '../linear/matrix.ts';
import { addCross, part, type RepeatedData } from './visit-patterns.ts';

export interface Evaluation {
  theta: Float64Array;
  /** −2 log-likelihood, restricted or not, with all constants. */
  value: number;
  beta: Float64Array;
  /** Φ = (XᵀV⁻¹X)⁻¹. */
  phi: Matrix;
  residuals: Float64Array;
  /** V⁻¹ of each pattern. */
  weights: Matrix[];
}

export type Method = 'REML' | 'ML';

/**
 * −2 log-likelihood at θ with β at its generalised least-squares value:
 *
 *   ML    Σ ln|Vᵢ| + rᵀV⁻¹r + n·ln 2π
 *   REML  … + ln|XᵀV⁻¹X| with (n − p)·ln 2π        (Harville DA. J Am Stat Assoc 1977;72:320–340)
 *
 * @returns null where a Vᵢ or XᵀV⁻¹X isn't positive definite
 */
export function evaluate(data: RepeatedData, theta: Float64Array, method: Method): Evaluation | null {
  const { x, y, patterns, groups } = data;
  const p = x.columns;
  const sigmas = groups.map(({ structure, index }) => structure.matrix(index.map((k) => theta[k]!)));
  const information = zeros(p, p);
  const score = new Float64Array(p);
  const weights: Matrix[] = [];
  let value = 0;
  let count = 0;
  for (const pattern of patterns) {
    const n = pattern.visits.length;
    const factor = cholesky(part(sigmas[pattern.group]!, pattern.visits), 1e-10);
    if (!factor) return null;
    const w = choleskyInverse(factor);
    weights.push(w);
    value += pattern.members.length * logDeterminant(factor);
    count += pattern.members.length * n;
    addCross(information, pattern, w.data);
    for (const rows of pattern.members)
      for (let a = 0; a < n; a++) {
        let wy = 0;
        for (let b = 0; b < n; b++) wy += w.data[a * n + b]! * y[rows[b]!]!;
        const from = rows[a]! * p;
        for (let j = 0; j < p; j++) score[j]! += wy * x.data[from + j]!;
      }
  }
  const factor = cholesky(information);
  if (!factor) return null;
  const beta = choleskySolve(factor, score);
  const residuals = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    let fitted = 0;
    for (let j = 0; j < p; j++) fitted += x.data[i * p + j]! * beta[j]!;
    residuals[i] = y[i]! - fitted;
  }
  patterns.forEach((pattern, at) => {
    const n = pattern.visits.length;
    const w = weights[at]!.data;
    for (const rows of pattern.members)
      for (let a = 0; a < n; a++)
        for (let b = 0; b < n; b++) value += residuals[rows[a]!]! * w[a * n + b]! * residuals[rows[b]!]!;
  });
  if (method === 'REML') value += logDeterminant(factor);
  value += (count - (method === 'REML' ? p : 0)) * Math.log(2 * Math.PI);
  if (!Number.isFinite(value)) return null;
  return { theta, value, beta, phi: choleskyInverse(factor), residuals, weights };
}
