import { type Matrix, multiply, zeros } from '../linear/matrix.ts';
import type { Unavailable } from '../unavailable.ts';
import type { Formula } from './design.ts';
import { fitLogistic, type LogisticModel } from './logistic.ts';

/**
 * Logistic regression of clustered or repeated outcomes by generalised estimating equations with the independence
 * working correlation: the estimates are those of logistic regression, the covariance is the sandwich
 *
 *     B·Σ_c(Σ_{i∈c} xᵢ(yᵢ−πᵢ))(…)ᵀ·B,  B = (XᵀWX)⁻¹
 *
 * Source: Liang KY, Zeger SL. Biometrika 1986;73:13–22; R's `geepack::geeglm(corstr = "independence")`.
 *
 * @param cluster of each row
 */
export function fitIndependenceGee(
  formula: Formula,
  y: readonly number[],
  cluster: readonly string[],
): LogisticModel | Unavailable {
  if (cluster.length !== y.length) throw new RangeError('Every value has a cluster.');
  const fit = fitLogistic(formula, y);
  if ('reason' in fit) return fit;
  if (new Set(cluster).size < 2) return { reason: 'At least two clusters are needed.' };
  return { ...fit, covariance: clusterSandwich(fit, cluster) };
}

function clusterSandwich(fit: LogisticModel, cluster: readonly string[]): Matrix {
  const { matrix } = fit.design;
  const p = matrix.columns;
  const scores = new Map<string, Float64Array>();
  cluster.forEach((name, i) => {
    let score = scores.get(name);
    if (!score) {
      score = new Float64Array(p);
      scores.set(name, score);
    }
    const residual = fit.y[i]! - fit.fitted[i]!;
    for (let j = 0; j < p; j++) score[j]! += residual * matrix.data[i * p + j]!;
  });
  const meat = zeros(p, p);
  for (const score of scores.values())
    for (let a = 0; a < p; a++) for (let b = 0; b < p; b++) meat.data[a * p + b]! += score[a]! * score[b]!;
  return multiply(multiply(fit.covariance, meat), fit.covariance);
}
