import { cholesky, choleskyInverse, choleskySolve } from '../linear/cholesky.ts';
import { crossProduct, crossVector, dot, type Matrix, multiply, row } from '../linear/matrix.ts';
import type { Unavailable } from '../unavailable.ts';
import { buildDesign, type Design, type Formula } from './design.ts';

export interface ModifiedPoisson {
  design: Design;
  /** Logarithms of risk ratios. */
  coefficients: Float64Array;
  /** Robust (HC0 sandwich) covariance. */
  covariance: Matrix;
  df: number;
}

/**
 * Modified Poisson regression: adjusted risk ratios of a binary outcome from a Poisson working model with log link
 * and the sandwich variance (XᵀMX)⁻¹·XᵀR²X·(XᵀMX)⁻¹, M = diag(μ), R = diag(y − μ).
 * Source: Zou G. Am J Epidemiol 2004;159:702–706.
 *
 * @param y 0 or 1
 */
export function fitModifiedPoisson(formula: Formula, y: readonly number[]): ModifiedPoisson | Unavailable {
  const design = buildDesign(formula);
  const x = design.matrix;
  if (y.length !== x.rows) throw new RangeError('The response has as many values as the model has rows.');
  if (y.some((v) => v !== 0 && v !== 1)) throw new RangeError('A binary response is 0 or 1.');
  if (x.rows <= x.columns)
    return { reason: `${x.rows} observations are too few for a model with ${x.columns} parameters.` };
  const events = y.reduce((a, b) => a + b, 0);
  if (events === 0) return { reason: 'Nobody had the event: there is no risk to compare.' };
  const beta = new Float64Array(x.columns);
  beta[0] = Math.log(events / y.length);
  for (let iteration = 0; iteration < 100; iteration++) {
    const mean = Float64Array.from({ length: x.rows }, (_, i) => Math.exp(dot(row(x, i), beta)));
    const factor = cholesky(crossProduct(x, mean), 1e-13);
    if (!factor)
      return {
        reason: 'The covariates are collinear, or a group has no event (its risk ratio has no maximum).',
      };
    const residual = mean.map((m, i) => y[i]! - m);
    const step = choleskySolve(factor, crossVector(x, residual));
    let moved = 0;
    for (let i = 0; i < x.rows; i++) moved = Math.max(moved, Math.abs(dot(row(x, i), step)));
    // At most two on the log scale in one step keeps the first steps from overshooting.
    const size = moved > 2 ? 2 / moved : 1;
    for (let j = 0; j < beta.length; j++) beta[j]! += size * step[j]!;
    if (moved < 1e-11) {
      const bread = choleskyInverse(factor);
      const meat = crossProduct(
        x,
        residual.map((e) => e * e),
      );
      return { design, coefficients: beta, covariance: multiply(multiply(bread, meat), bread), df: Infinity };
    }
  }
  return { reason: 'The fit did not converge: a group has no event, so its risk ratio has no maximum.' };
}
