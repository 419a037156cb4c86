import { chiSquareUpper } from '../distributions/gamma.ts';
import { cholesky, choleskyInverse } from '../linear/cholesky.ts';
import type { Matrix } from '../linear/matrix.ts';
import type { Unavailable } from '../unavailable.ts';
import { buildDesign, type Design, type Formula } from './design.ts';
import { maximiseLogistic, SEPARATED } from './logistic-maximum.ts';

export interface LogisticModel {
  design: Design;
  y: readonly number[];
  coefficients: Float64Array;
  /** Inverse of the information XᵀWX. */
  covariance: Matrix;
  fitted: Float64Array;
  /** Log-likelihood; penalised by ½·ln|XᵀWX| when `penalised`. */
  logLikelihood: number;
  penalised: boolean;
  /** Infinity: Wald tests are normal. */
  df: number;
}

export interface LogisticOptions {
  /** Firth's penalised likelihood: finite estimates even when a covariate separates the outcomes. */
  penalised?: boolean;
}

/**
 * Logistic regression ln(π/(1−π)) = Xβ by maximum likelihood (McCullagh & Nelder 1989), or by Firth's penalised
 * likelihood (Firth D. Biometrika 1993;80:27–38; Heinze G, Schemper M. Stat Med 2002;21:2409–2419).
 *
 * @param y 0 or 1 for each row
 * @returns a reason for a constant outcome, collinear covariates, too few rows or separation
 */
export function fitLogistic(
  formula: Formula,
  y: readonly number[],
  { penalised = false }: LogisticOptions = {},
): LogisticModel | Unavailable {
  return fitLogisticDesign(buildDesign(formula), y, { penalised });
}

export function fitLogisticDesign(
  design: Design,
  y: readonly number[],
  { penalised = false }: LogisticOptions = {},
): LogisticModel | Unavailable {
  const { matrix } = design;
  if (y.length !== matrix.rows)
    throw new RangeError('The response has as many values as the model has rows.');
  if (y.some((v) => v !== 0 && v !== 1)) throw new RangeError('A binary response is 0 or 1.');
  if (matrix.rows <= matrix.columns)
    return {
      reason: `${matrix.rows} observations are too few for a model with ${matrix.columns} parameters.`,
    };
  const events = y.reduce((a, b) => a + b, 0);
  if (!penalised && (events === 0 || events === y.length))
    return { reason: 'All outcomes are the same: there is nothing to model.' };
  const core = maximiseLogistic(matrix, y, penalised);
  if ('reason' in core) return core;
  const factor = cholesky(core.information);
  if (!factor) return { reason: SEPARATED };
  return {
    design,
    y,
    coefficients: core.beta,
    covariance: choleskyInverse(factor),
    fitted: core.fitted,
    logLikelihood: core.logLikelihood,
    penalised,
    df: Infinity,
  };
}

/** Likelihood-ratio test of the terms that `smaller` lacks; both fitted to the same rows. */
export function likelihoodRatioTest(
  larger: LogisticModel,
  smaller: LogisticModel,
): { statistic: number; df: number; p: number } {
  const df = larger.design.names.length - smaller.design.names.length;
  if (df < 1) throw new RangeError('The first model has more parameters than the second.');
  const statistic = Math.max(0, 2 * (larger.logLikelihood - smaller.logLikelihood));
  return { statistic, df, p: chiSquareUpper(statistic, df) };
}
