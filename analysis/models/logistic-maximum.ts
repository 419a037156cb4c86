import { cholesky, choleskyInverse, choleskySolve, logDeterminant } from '../linear/cholesky.ts';
import { crossProduct, dot, type Matrix, row, zeros } from '../linear/matrix.ts';
import type { Unavailable } from '../unavailable.ts';

/** A maximum of the likelihood. */
export interface LogisticMaximum {
  beta: Float64Array;
  fitted: Float64Array;
  information: Matrix;
  logLikelihood: number;
}

/** 1/(1 + e^−η) without overflow. */
export function expit(eta: number): number {
  return eta >= 0 ? 1 / (1 + Math.exp(-eta)) : Math.exp(eta) / (1 + Math.exp(eta));
}

/** Σ y·η − ln(1 + e^η), each term without overflow. */
function logLikelihoodOf(eta: Float64Array, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < eta.length; i++) {
    const e = eta[i]!;
    sum += y[i]! * e - (e > 0 ? e + Math.log1p(Math.exp(-e)) : Math.log1p(Math.exp(e)));
  }
  return sum;
}

export const SEPARATED =
  'The covariates separate the outcomes (some group has all or none): the likelihood has no maximum. Use the penalised fit.';

/**
 * Newton's method (Fisher scoring, as the link is canonical) with step halving.
 *
 *   score  U = Xᵀ(y − π);  with Firth's penalty U* = Xᵀ(y − π + h(½ − π)),
 *   h the diagonal of W^½X(XᵀWX)⁻¹XᵀW^½, W = diag(π(1−π))        (Firth 1993; Heinze & Schemper 2002, eq. 3)
 *
 * `held` keeps one coefficient at a value: profile likelihoods. Under separation a coefficient grows by about one in
 * every step while the likelihood creeps up to a bound; it is recognised by linear predictors beyond ±30 (fitted
 * probabilities within 1e-13 of 0 or 1) or an information matrix that has become singular.
 */
export function maximiseLogistic(
  x: Matrix,
  y: ArrayLike<number>,
  penalised: boolean,
  held?: { column: number; value: number },
  start?: Float64Array,
): LogisticMaximum | Unavailable {
  const n = x.rows;
  const p = x.columns;
  const free = Array.from({ length: p }, (_, j) => j).filter((j) => j !== held?.column);
  let beta = start ? Float64Array.from(start) : new Float64Array(p);
  if (held) beta[held.column] = held.value;
  const evaluate = (b: Float64Array) => {
    const eta = Float64Array.from({ length: n }, (_, i) => dot(row(x, i), b));
    const fitted = eta.map(expit);
    const weights = fitted.map((f) => f * (1 - f));
    const information = crossProduct(x, weights);
    let value = logLikelihoodOf(eta, y);
    const factor = penalised ? cholesky(information, 1e-14) : null;
    if (penalised) value = factor ? value + logDeterminant(factor) / 2 : -Infinity;
    return { eta, fitted, weights, information, value, factor };
  };
  let at = evaluate(beta);
  for (let iteration = 0; iteration < 200; iteration++) {
    const residual = Float64Array.from(at.fitted, (f, i) => y[i]! - f);
    if (penalised) {
      if (!at.factor) return { reason: 'The covariates are collinear.' };
      const inverse = choleskyInverse(at.factor);
      for (let i = 0; i < n; i++) {
        const r = row(x, i);
        let h = 0;
        for (let a = 0; a < p; a++) h += r[a]! * dot(row(inverse, a), r);
        residual[i]! += at.weights[i]! * h * (0.5 - at.fitted[i]!);
      }
    }
    const score = Float64Array.from(free, (j) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += x.data[i * p + j]! * residual[i]!;
      return sum;
    });
    const inner = zeros(free.length, free.length);
    free.forEach((j, a) => {
      free.forEach((k, b) => {
        inner.data[a * free.length + b] = at.information.data[j * p + k]!;
      });
    });
    const factor = cholesky(inner, 1e-13);
    if (!factor) return { reason: iteration > 4 && !penalised ? SEPARATED : 'The covariates are collinear.' };
    const step = choleskySolve(factor, score);
    let size = 1;
    let next = beta;
    let there = at;
    for (let halving = 0; halving < 40; halving++) {
      next = Float64Array.from(beta);
      free.forEach((j, a) => {
        next[j]! += size * step[a]!;
      });
      there = evaluate(next);
      if (there.value >= at.value - 1e-10 * (1 + Math.abs(at.value))) break;
      size /= 2;
    }
    // The change in the linear predictors: free of the covariates' units.
    let moved = 0;
    let extreme = 0;
    for (let i = 0; i < n; i++) {
      moved = Math.max(moved, Math.abs(there.eta[i]! - at.eta[i]!));
      if (!held) extreme = Math.max(extreme, Math.abs(there.eta[i]!));
    }
    beta = next;
    at = there;
    if (!penalised && extreme > 30) return { reason: SEPARATED };
    if (moved < 1e-11) {
      return { beta, fitted: at.fitted, information: at.information, logLikelihood: at.value };
    }
    // Rounding may keep the last figures moving; a step this small is converged for every purpose.
    if (iteration > 60 && moved < 1e-8)
      return { beta, fitted: at.fitted, information: at.information, logLikelihood: at.value };
  }
  return { reason: held || penalised ? 'The fit did not converge.' : SEPARATED };
}
