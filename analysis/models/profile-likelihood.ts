import { bracketedRoot } from '../distributions/bracket.ts';
import { chiSquareQuantile } from '../distributions/gamma.ts';
import type { Unavailable } from '../unavailable.ts';
import type { LogisticModel } from './logistic.ts';
import { maximiseLogistic } from './logistic-maximum.ts';

/**
 * Profile-likelihood interval of one coefficient: all values b with 2(ℓ(β̂) − max ℓ(β | βⱼ = b)) ≤ χ²₁
 * (Venzon DJ, Moolgavkar SH. Appl Statist 1988;37:87–94), by a root search on the profile itself.
 * For a penalised fit the profile is of the penalised likelihood.
 *
 * @returns an infinite limit when the profile never falls that far
 */
export function profileInterval(
  model: LogisticModel,
  column: number,
  level = 0.95,
): { lower: number; upper: number } | Unavailable {
  const limit = chiSquareQuantile(level, 1);
  const { matrix } = model.design;
  const estimate = model.coefficients[column]!;
  const se = Math.sqrt(model.covariance.data[column * matrix.columns + column]!);
  let failure: Unavailable | null = null;
  const side = (direction: 1 | -1) => {
    let start = model.coefficients;
    const excess = (value: number) => {
      const core = maximiseLogistic(matrix, model.y, model.penalised, { column, value }, start);
      if ('reason' in core) {
        failure = core;
        return 0;
      }
      start = core.beta;
      return 2 * (model.logLikelihood - core.logLikelihood) - limit;
    };
    let inner = estimate;
    let outer = estimate + direction * 2 * se;
    for (let i = 0; excess(outer) < 0 && !failure; i++) {
      if (i > 12) return direction * Infinity;
      inner = outer;
      outer += direction * se * 2 ** (i / 2);
    }
    if (failure) return 0;
    // At the estimate itself the profile is at its top: −limit, without a fit.
    return bracketedRoot((v) => (v === estimate ? -limit : excess(v)), inner, outer) ?? direction * Infinity;
  };
  const lower = side(-1);
  const upper = side(1);
  return failure ?? { lower, upper };
}
