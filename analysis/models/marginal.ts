import { normalQuantile, normalUpper } from '../distributions/normal.ts';
import { upperProbability } from '../interval.ts';
import { crossProduct, dot, type Matrix, multiply, row, zeros } from '../linear/matrix.ts';
import type { Unavailable } from '../unavailable.ts';
import { designRow, type Setting } from './design.ts';
import type { LogisticModel } from './logistic.ts';
import { expit } from './logistic-maximum.ts';
import { yeCovariance } from './ye-covariance.ts';

/**
 * Source of the variance: `ye` (the default), `ge` with the robust HC0 covariance of the working model, or
 * `ge-model` with its model-based covariance.
 */
export type MarginalVariance = 'ye' | 'ge' | 'ge-model';

export interface MarginalRisks {
  arms: string[];
  /** Mean predicted risk had everybody been allocated to the arm. */
  risks: number[];
  /** Covariance of the risks, in the order of `arms`. */
  covariance: Matrix;
  variance: MarginalVariance;
}

/**
 * Marginal risks by standardisation (g-computation) from a logistic working model: for each arm, everybody's risk is
 * predicted as if allocated to it, with their own covariates, and averaged. In a randomised trial the risks are
 * consistent even if the working model is wrong (FDA, Adjusting for Covariates in Randomized Clinical Trials, 2023).
 *
 * Variances of the risks θₐ:
 *
 *   Ge M, Durham LK, Meyer RD, Xie W, Thomas N. Drug Inf J 2011;45:481–493, delta method: D·V·Dᵀ,
 *     Dₐ = n⁻¹Σ πᵢ(a)(1−πᵢ(a))·xᵢ(a), V the covariance of β (covariates taken as fixed)
 *   Ye T, Bannick M, Yi Y, Shao J. Stat Theory Relat Fields 2023;7:159–163 (covariates random): n⁻¹ times
 *     Vₐₐ = Var(Y − πₐ | a)/pₐ + 2·Cov(Y, πₐ | a) − Var(πₐ),
 *     Vₐᵦ = Cov(Y, πᵦ | a) + Cov(Y, πₐ | b) − Cov(πₐ, πᵦ),  pₐ = nₐ/n
 *     with sample (n − 1) variances and covariances, those "| a" within the arm, and Var(Y − πₐ | a) taken apart as
 *     Var(Y | a) − 2·Cov(Y, πₐ | a) + Var(πₐ) with the last over everybody (as R's beeca and RobinCar2 do).
 *
 * @param model a converged fit with the arm among its terms
 * @param arm name of the factor that holds the arms
 */
export function marginalRisks(
  model: LogisticModel,
  arm: string,
  variance: MarginalVariance = 'ye',
): MarginalRisks | Unavailable {
  const { formula, matrix } = model.design;
  const factor = formula.variables[arm];
  if (factor?.kind !== 'factor') throw new RangeError(`The model has no factor ${arm}.`);
  const names = [...new Set(formula.terms.flat())];
  const n = matrix.rows;
  const p = matrix.columns;
  const arms = [...factor.levels];
  const predicted = arms.map(() => new Float64Array(n));
  const gradient = zeros(arms.length, p);
  for (let i = 0; i < n; i++) {
    const setting: Setting = {};
    for (const name of names) setting[name] = formula.variables[name]!.values[i]!;
    arms.forEach((level, a) => {
      const x = designRow(formula, { ...setting, [arm]: level });
      const risk = expit(dot(x, model.coefficients));
      predicted[a]![i] = risk;
      for (let j = 0; j < p; j++) gradient.data[a * p + j]! += (risk * (1 - risk) * x[j]!) / n;
    });
  }
  const risks = predicted.map((values) => values.reduce((a, b) => a + b, 0) / n);
  if (variance === 'ye') {
    const covariance = yeCovariance(model.y, factor.values, arms, predicted);
    return 'reason' in covariance ? covariance : { arms, risks, covariance, variance };
  }
  let beta = model.covariance;
  if (variance === 'ge') {
    const squares = model.fitted.map((f, i) => (model.y[i]! - f) ** 2);
    beta = multiply(multiply(beta, crossProduct(matrix, squares)), beta);
  }
  const covariance = zeros(arms.length, arms.length);
  for (let a = 0; a < arms.length; a++)
    for (let b = 0; b < arms.length; b++) {
      let sum = 0;
      for (let j = 0; j < p; j++) sum += gradient.data[a * p + j]! * dot(row(beta, j), row(gradient, b));
      covariance.data[a * arms.length + b] = sum;
    }
  return { arms, risks, covariance, variance };
}

export interface MarginalEffect {
  estimate: number;
  /** Standard error of the estimate on its own scale. */
  se: number;
  /** For ratios: the logarithm's standard error, from which the interval and p are made. */
  logSe: number | null;
  lower: number;
  upper: number;
  p: number;
}

export interface MarginalEffects {
  difference: MarginalEffect | Unavailable;
  ratio: MarginalEffect | Unavailable;
  odds: MarginalEffect | Unavailable;
}

/** Risk difference, risk ratio and odds ratio of arm `first` against `second` by the delta method. */
export function marginalEffects(
  { arms, risks, covariance }: MarginalRisks,
  first: string,
  second: string,
  level = 0.95,
): MarginalEffects {
  const a = arms.indexOf(first);
  const b = arms.indexOf(second);
  if (a < 0 || b < 0) throw new RangeError(`The risks are of the arms ${arms.join(', ')}.`);
  const z = normalQuantile(upperProbability(level));
  const k = arms.length;
  const v = (i: number, j: number) => covariance.data[i * k + j]!;
  const variance = (ga: number, gb: number) => ga * ga * v(a, a) + gb * gb * v(b, b) + 2 * ga * gb * v(a, b);
  const none: Unavailable = { reason: 'The risks have no sampling variation.' };
  const p1 = risks[a]!;
  const p2 = risks[b]!;
  const se = Math.sqrt(Math.max(0, variance(1, -1)));
  const difference: MarginalEffect | Unavailable =
    se > 0
      ? {
          estimate: p1 - p2,
          se,
          logSe: null,
          lower: p1 - p2 - z * se,
          upper: p1 - p2 + z * se,
          p: 2 * normalUpper(Math.abs(p1 - p2) / se),
        }
      : none;
  const onLog = (estimate: number, ga: number, gb: number): MarginalEffect | Unavailable => {
    const logSe = Math.sqrt(Math.max(0, variance(ga, -gb)));
    if (!(logSe > 0 && logSe < Infinity)) return none;
    return {
      estimate,
      se: estimate * logSe,
      logSe,
      lower: estimate * Math.exp(-z * logSe),
      upper: estimate * Math.exp(z * logSe),
      p: 2 * normalUpper(Math.abs(Math.log(estimate)) / logSe),
    };
  };
  return {
    difference,
    ratio: onLog(p1 / p2, 1 / p1, 1 / p2),
    odds: onLog((p1 * (1 - p2)) / ((1 - p1) * p2), 1 / (p1 * (1 - p1)), 1 / (p2 * (1 - p2))),
  };
}
