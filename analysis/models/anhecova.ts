import { bilinear, dot, type Matrix, row } from '../linear/matrix.ts';
import type { Unavailable } from '../unavailable.ts';
import { type Estimate, estimateOf } from './contrast.ts';
import { buildDesign, type Formula, selectRows, type Variable } from './design.ts';
import { fitLinear } from './linear-model.ts';
import { yeCovariance } from './ye-covariance.ts';

export interface StandardisedMeans {
  arms: string[];
  means: Float64Array;
  covariance: Matrix;
}

/**
 * ANHECOVA: analysis of heterogeneous covariance. In every arm the outcome is regressed on the covariates (the same as
 * one model with all arm-by-covariate interactions); each arm's mean is its regression averaged over everybody's
 * covariates. Never less efficient than the difference of means, and its variance is valid however wrong the
 * regressions are (Lin W. Ann Appl Stat 2013;7:295–318; Ye T et al. 2023; FDA 2023).
 *
 * @param arm factor of the formula that holds the arms
 * @param covariates terms without the arm
 */
export function fitAnhecova(
  variables: Readonly<Record<string, Variable>>,
  arm: string,
  covariates: readonly (readonly string[])[],
  y: readonly number[],
): StandardisedMeans | Unavailable {
  const factor = variables[arm];
  if (factor?.kind !== 'factor') throw new RangeError(`There is no factor ${arm}.`);
  if (covariates.some((term) => term.includes(arm)))
    throw new RangeError('The covariate terms do not hold the arm: every arm has a regression of its own.');
  if (factor.values.length !== y.length) throw new RangeError('Everybody has an arm and an outcome.');
  const formula: Formula = { variables, terms: covariates };
  const n = y.length;
  const arms = [...factor.levels];
  const everyone = covariates.length > 0 ? buildDesign(formula).matrix : null;
  const predicted: Float64Array[] = [];
  for (const level of arms) {
    const own = factor.values.flatMap((v, i) => (v === level ? [i] : []));
    const outcome = own.map((i) => y[i]!);
    if (!everyone) {
      if (own.length < 2) return { reason: `Arm ${level} has fewer than two people.` };
      const mean = outcome.reduce((a, b) => a + b, 0) / own.length;
      predicted.push(new Float64Array(n).fill(mean));
      continue;
    }
    const fit = fitLinear(selectRows(formula, own), outcome);
    if ('reason' in fit) return { reason: `In arm ${level}: ${fit.reason}` };
    predicted.push(Float64Array.from({ length: n }, (_, i) => dot(row(everyone, i), fit.coefficients)));
  }
  const covariance = yeCovariance(y, factor.values, arms, predicted);
  if ('reason' in covariance) return covariance;
  return {
    arms,
    means: Float64Array.from(predicted, (p) => p.reduce((a, b) => a + b, 0) / n),
    covariance,
  };
}

/** Difference of two arms' standardised means with a normal interval. */
export function standardisedDifference(
  { arms, means, covariance }: StandardisedMeans,
  first: string,
  second: string,
  level = 0.95,
): Estimate | Unavailable {
  const l = arms.map((a) => Number(a === first) - Number(a === second));
  if (!arms.includes(first) || !arms.includes(second))
    throw new RangeError(`The arms are ${arms.join(', ')}.`);
  return estimateOf(dot(l, means), Math.sqrt(Math.max(0, bilinear(l, covariance, l))), Infinity, level);
}
