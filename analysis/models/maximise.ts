import { cholesky, choleskySolve } from '../linear/cholesky.ts';
import { dot, type Matrix } from '../linear/matrix.ts';
import { type Evaluation, evaluate, type Method } from './likelihood.ts';
import { type Derivatives, differentiate } from './likelihood-derivatives.ts';
import type { RepeatedData } from './visit-patterns.ts';

export interface NotConverged {
  converged: false;
  reason: string;
}

export interface Maximum {
  converged: true;
  at: Evaluation;
  derivatives: Derivatives;
  iterations: number;
  /**
   * Largest derivative of −2ℓ, made free of the outcome's unit (a variance parameter's is multiplied by the mean
   * variance): below 1e-8 at a maximum.
   */
  gradient: number;
}

const TOLERANCE = 1e-8;
const SINGULAR: NotConverged = {
  converged: false,
  reason:
    'The covariance matrix of the visits is singular or can’t be estimated from these data. A simpler structure may fit.',
};

/** Solves with a symmetric matrix after scaling its diagonal to one; null when it isn't positive definite. */
export function scaledSolve(m: Matrix, b: ArrayLike<number>): Float64Array | null {
  const n = m.rows;
  const d = Float64Array.from({ length: n }, (_, i) => Math.sqrt(Math.abs(m.data[i * n + i]!)));
  if (d.some((v) => !(v > 0))) return null;
  const unit: Matrix = {
    rows: n,
    columns: n,
    data: m.data.map((v, e) => v / (d[Math.floor(e / n)]! * d[e % n]!)),
  };
  const factor = cholesky(unit, 1e-12);
  if (!factor) return null;
  return choleskySolve(
    factor,
    Float64Array.from(b, (v, i) => v / d[i]!),
  ).map((v, i) => v / d[i]!);
}

/** Mean square of the residuals, from their sums in each pattern. */
function meanSquare({ patterns, observations }: RepeatedData, squares: readonly Float64Array[]): number {
  let sum = 0;
  patterns.forEach(({ visits: { length: n } }, number) => {
    for (let a = 0; a < n; a++) sum += squares[number]![a * n + a]!;
  });
  return sum / observations;
}

/**
 * Minimises −2ℓ by Newton's method with analytic derivatives, by Fisher scoring where the Hessian isn't positive
 * definite; steps are halved until Σ stays positive definite and −2ℓ doesn't grow. It stops when the gradient is below
 * 1e-8 and no longer falls (Newton's method roughly squares the error in each step, so this costs one more step).
 */
export function maximise(
  data: RepeatedData,
  start: readonly number[],
  method: Method,
  isVariance: readonly boolean[],
): Maximum | NotConverged {
  let at = evaluate(data, Float64Array.from(start), method);
  if (!at) return SINGULAR;
  const size = meanSquare(data, at.squares);
  if (!(size > 0)) return { converged: false, reason: 'The model fits every observation exactly.' };
  const unit = isVariance.map((variance) => (variance ? size : 1));
  const largest = (g: Float64Array) => g.reduce((m, v, k) => Math.max(m, Math.abs(v) * unit[k]!), 0);
  let previous = Infinity;
  for (let iteration = 1; iteration <= 200; iteration++) {
    const derivatives = differentiate(data, at, method);
    const gradient = largest(derivatives.gradient);
    const done = gradient < TOLERANCE && (gradient < 1e-11 || gradient > previous / 10);
    if (done) {
      if (!scaledSolve(derivatives.observed, derivatives.gradient)) return SINGULAR;
      return { converged: true, at, derivatives, iterations: iteration, gradient };
    }
    previous = gradient;
    const step =
      scaledSolve(derivatives.observed, derivatives.gradient) ??
      scaledSolve(derivatives.expected, derivatives.gradient);
    if (!step) return SINGULAR;
    const slope = dot(step, derivatives.gradient);
    let next: Evaluation | null = null;
    let factor = 1;
    for (let halving = 0; halving < 60; halving++, factor /= 2) {
      const trial: Evaluation | null = evaluate(
        data,
        at.theta.map((v, k) => v - factor * step[k]!),
        method,
      );
      // Near the minimum the change drowns in rounding: an increase of that size is accepted.
      const room = 1e-12 * Math.abs(at.value) + 1e-12;
      if (trial && trial.value <= at.value - 1e-4 * factor * slope + room) {
        next = trial;
        break;
      }
    }
    if (!next) {
      if (gradient < TOLERANCE) return { converged: true, at, derivatives, iterations: iteration, gradient };
      return SINGULAR;
    }
    at = next;
  }
  return {
    converged: false,
    reason:
      'The fit did not converge: the likelihood keeps rising towards the edge of what the structure allows.',
  };
}
