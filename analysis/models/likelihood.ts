import { cholesky, choleskyInverse, choleskySolve, logDeterminant } from '../linear/cholesky.ts';
import { dot, type Matrix, zeros } from '../linear/matrix.ts';
import { addCross, addMixed, part, type RepeatedData, residualSquares } from './visit-patterns.ts';

export interface Evaluation {
  theta: Float64Array;
  /** −2 log-likelihood, restricted or not, with all constants. */
  value: number;
  beta: Float64Array;
  /** Φ = (XᵀV⁻¹X)⁻¹. */
  phi: Matrix;
  /** β − β₀, from the data's origin. */
  delta: Float64Array;
  /** Σᵢ r_ia·r_ib of the residuals in each pattern, at a·n + b. */
  squares: Float64Array[];
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
  const { columns: p, observations, patterns, groups, origin } = data;
  const sigmas = groups.map(({ structure, index }) => structure.matrix(index.map((k) => theta[k]!)));
  const information = zeros(p, p);
  const score = new Float64Array(p);
  const weights: Matrix[] = [];
  let value = 0;
  for (const pattern of patterns) {
    const factor = cholesky(part(sigmas[pattern.group]!, pattern.visits), 1e-10);
    if (!factor) return null;
    const w = choleskyInverse(factor);
    weights.push(w);
    value += pattern.size * logDeterminant(factor);
    addCross(information, pattern, w.data);
    addMixed(score, pattern, w.data);
  }
  const factor = cholesky(information);
  if (!factor) return null;
  const delta = choleskySolve(factor, score);
  const squares = patterns.map((pattern) => residualSquares(pattern, delta));
  squares.forEach((own, number) => {
    value += dot(own, weights[number]!.data);
  });
  if (method === 'REML') value += logDeterminant(factor);
  value += (observations - (method === 'REML' ? p : 0)) * Math.log(2 * Math.PI);
  if (!Number.isFinite(value)) return null;
  const beta = origin.map((v, j) => v + delta[j]!);
  return { theta, value, beta, phi: choleskyInverse(factor), delta, squares, weights };
}
