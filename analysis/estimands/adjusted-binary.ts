import { normalQuantile } from '../distributions/normal.ts';
import { upperProbability } from '../interval.ts';
import { linearContrast } from '../models/contrast.ts';
import { designRow, type Formula } from '../models/design.ts';
import { fitLogistic, type LogisticModel, likelihoodRatioTest } from '../models/logistic.ts';
import { SEPARATED } from '../models/logistic-maximum.ts';
import { marginalEffects, marginalRisks } from '../models/marginal.ts';
import { fitModifiedPoisson } from '../models/modified-poisson.ts';
import { profileInterval } from '../models/profile-likelihood.ts';
import type { Steps } from '../tasks/task.ts';
import type { Unavailable } from '../unavailable.ts';
import { bootstrapComparison, type RiskComparison } from './bootstrapped-risks.ts';
import { type Context, type Numbers, nobodyIn, rowOf } from './context.ts';
import { armFormula, armLevels, BASELINE, type ModelRow, modelRows } from './model-rows.ts';
import type { Estimator } from './plan.ts';
import type { EstimateRow, RowMeasure } from './results.ts';

type Adjusted = Extract<Estimator, { method: 'logistic' | 'standardisation' | 'modified-poisson' }>;

/** Comparisons of risks with covariates: visit by visit, one model for all arms of the analysis. */
export function* adjustRisks(context: Context, estimator: Adjusted): Steps<EstimateRow[]> {
  const result: EstimateRow[] = [];
  for (const visit of context.analysis.estimand.visits)
    result.push(...(yield* adjustAt(context, estimator, visit)));
  return result;
}

function* adjustAt(context: Context, estimator: Adjusted, visit: string): Steps<EstimateRow[]> {
  const rows = modelRows(context, visit, estimator.covariates, estimator.baseline);
  const formula = armFormula(context, rows, namesOf(estimator));
  const y = rows.map(({ value }) => value);
  if (estimator.method === 'standardisation')
    return yield* standardise(context, visit, rows, estimator, formula, y);
  if (estimator.method === 'modified-poisson') {
    const fit = fitOrReason(rows, () => fitModifiedPoisson(formula, y));
    return contrasts(context, visit, rows, 'risk-ratio', (arm, versus) => {
      const base = { method: 'modified poisson, HC0' };
      if ('reason' in fit) return { ...base, reason: fit.reason, converged: false };
      return { ...base, converged: true, ...ratioOf(fit, formula, arm, versus, context.plan.level) };
    });
  }
  return logistic(context, visit, rows, estimator, formula, y);
}

const namesOf = ({ baseline, covariates }: Adjusted) => [...(baseline ? [BASELINE] : []), ...covariates];

function fitOrReason<T>(rows: readonly ModelRow[], attempt: () => T | Unavailable): T | Unavailable {
  const arms = new Set(rows.map(({ person }) => person.arm)).size;
  return arms < 2 ? { reason: 'Fewer than two arms have anybody to analyse.' } : attempt();
}

/** One row for each comparison; an arm with nobody gives its reason. */
function contrasts(
  context: Context,
  visit: string,
  rows: readonly ModelRow[],
  measure: RowMeasure,
  numbers: (arm: string, versus: string) => Numbers,
): EstimateRow[] {
  const size = (arm: string) => rows.filter(({ person }) => person.arm === arm).length;
  return context.analysis.estimand.treatments.map(([arm, versus]) => {
    const base = { arm, versus, n: size(arm), nVersus: size(versus) };
    const empty = base.n === 0 ? arm : base.nVersus === 0 ? versus : null;
    return rowOf(context, visit, measure, {
      ...base,
      ...(empty === null ? numbers(arm, versus) : { reason: nobodyIn(context, empty, visit) }),
    });
  });
}

/** exp of the difference of two arms' coefficients. */
function ratioOf(
  fit: Pick<LogisticModel, 'coefficients' | 'covariance' | 'df'>,
  formula: Formula,
  arm: string,
  versus: string,
  level: number,
): Numbers {
  const row = armRow(formula, arm).map((v, j) => v - armRow(formula, versus)[j]!);
  const result = linearContrast(fit, row, level);
  if ('reason' in result) return { reason: result.reason };
  const estimate = Math.exp(result.estimate);
  return {
    estimate,
    se: estimate * result.se,
    statistic: result.statistic,
    p: result.p,
    lower: Math.exp(result.lower),
    upper: Math.exp(result.upper),
  };
}

/** A design row that differs between arms only. */
function armRow(formula: Formula, arm: string): Float64Array {
  const setting = Object.fromEntries(
    Object.entries(formula.variables).map(([name, variable]) => [
      name,
      variable.kind === 'factor' ? variable.levels[0]! : 0,
    ]),
  );
  return designRow(formula, { ...setting, arm });
}

function logistic(
  context: Context,
  visit: string,
  rows: readonly ModelRow[],
  estimator: Extract<Estimator, { method: 'logistic' }>,
  formula: Formula,
  y: number[],
): EstimateRow[] {
  let penalised = estimator.firth === 'always';
  let fit = fitOrReason(rows, () => fitLogistic(formula, y, { penalised }));
  if ('reason' in fit && fit.reason === SEPARATED && estimator.firth === 'when-separated') {
    penalised = true;
    context.notes.add(
      `At ${visit} a group or covariate separates the outcomes: Firth’s penalised likelihood is used there.`,
    );
    fit = fitOrReason(rows, () => fitLogistic(formula, y, { penalised: true }));
  }
  const profile = estimator.interval === 'profile' || penalised;
  const method = `${penalised ? 'firth' : 'maximum-likelihood'} logistic, ${profile ? 'profile' : 'wald'} interval`;
  return contrasts(context, visit, rows, 'odds-ratio', (arm, versus) => {
    if ('reason' in fit) return { method, converged: false, reason: fit.reason };
    const base = { method, converged: true };
    if (!profile) return { ...base, ...ratioOf(fit, formula, arm, versus, context.plan.level) };
    return { ...base, ...profiled(context, rows, estimator, y, penalised, arm, versus) };
  });
}

/**
 * The profile belongs to one coefficient, so the model is fitted with the comparison's second arm as the reference.
 * The test is the likelihood ratio's for maximum likelihood; Firth's penalised fit gives the interval alone.
 */
function profiled(
  context: Context,
  rows: readonly ModelRow[],
  estimator: Extract<Estimator, { method: 'logistic' }>,
  y: number[],
  penalised: boolean,
  arm: string,
  versus: string,
): Numbers {
  const formula = armFormula(context, rows, namesOf(estimator));
  const factor = formula.variables.arm!;
  const levels = armLevels(context).filter((level) => rows.some(({ person }) => person.arm === level));
  const turned: Formula = {
    ...formula,
    variables: {
      ...formula.variables,
      arm: {
        kind: 'factor',
        levels: [versus, ...levels.filter((l) => l !== versus)],
        values: factor.values as string[],
      },
    },
  };
  const fit = fitLogistic(turned, y, { penalised });
  if ('reason' in fit) return { reason: fit.reason };
  const column = fit.design.names.indexOf(`arm${arm}`);
  const interval = profileInterval(fit, column, context.plan.level);
  const estimate = Math.exp(fit.coefficients[column]!);
  if ('reason' in interval) return { estimate, reason: interval.reason };
  const numbers = { estimate, lower: Math.exp(interval.lower), upper: Math.exp(interval.upper) };
  if (penalised || levels.length > 2) return numbers;
  const smaller: Formula = { ...turned, terms: turned.terms.filter((term) => !term.includes('arm')) };
  const without = smaller.terms.length > 0 ? fitLogistic(smaller, y) : null;
  return without === null || 'reason' in without
    ? numbers
    : { ...numbers, ...likelihoodRatioTest(fit, without) };
}

function* standardise(
  context: Context,
  visit: string,
  rows: readonly ModelRow[],
  estimator: Extract<Estimator, { method: 'standardisation' }>,
  formula: Formula,
  y: number[],
): Steps<EstimateRow[]> {
  const { replicates, interval } = estimator;
  const resampled = estimator.variance === 'bootstrap';
  // The arms' own limits come from a formula in any case.
  const variance = estimator.variance === 'ge' ? 'ge' : 'ye';
  const formulaMethod = `standardised logistic, ${variance === 'ye' ? 'Ye 2023' : 'Ge 2011'} variance`;
  const method = resampled
    ? `standardised logistic, ${interval} bootstrap, ${replicates} replicates`
    : formulaMethod;
  const { level } = context.plan;
  const fit = fitOrReason(rows, () => fitLogistic(formula, y));
  const risks = 'reason' in fit ? fit : marginalRisks(fit, 'arm', variance);
  const measure = context.analysis.estimand.summary as RiskComparison;
  const z = normalQuantile(upperProbability(level));
  const arms = armLevels(context).map((arm) => {
    const n = rows.filter(({ person }) => person.arm === arm).length;
    const base = { arm, n, method: formulaMethod, converged: !('reason' in risks) };
    if (n === 0) return rowOf(context, visit, 'risk', { ...base, reason: nobodyIn(context, arm, visit) });
    if ('reason' in risks) return rowOf(context, visit, 'risk', { ...base, reason: risks.reason });
    const k = risks.arms.indexOf(arm);
    const estimate = risks.risks[k]!;
    const se = Math.sqrt(Math.max(0, risks.covariance.data[k * risks.arms.length + k]!));
    return rowOf(context, visit, 'risk', {
      ...base,
      estimate,
      se,
      lower: estimate - z * se,
      upper: estimate + z * se,
    });
  });
  const drawn = new Map<string, Numbers>();
  if (resampled && !('reason' in fit))
    for (const [arm, versus] of context.analysis.estimand.treatments)
      if ([arm, versus].every((id) => rows.some(({ person }) => person.arm === id)))
        drawn.set(
          `${arm} ${versus}`,
          yield* bootstrapComparison(context, fit, formula, [arm, versus], measure, { replicates, interval }),
        );
  const rest = contrasts(context, visit, rows, measure, (arm, versus) => {
    const base = { method, converged: !('reason' in risks) };
    const own = drawn.get(`${arm} ${versus}`);
    if (own) return { ...base, ...own };
    if ('reason' in risks) return { ...base, reason: risks.reason };
    const effects = marginalEffects(risks, arm, versus, level);
    const effect = {
      'risk-difference': effects.difference,
      'risk-ratio': effects.ratio,
      'odds-ratio': effects.odds,
    }[measure];
    if ('reason' in effect) return { ...base, reason: effect.reason };
    const { estimate, se, lower, upper, p } = effect;
    const statistic = effect.logSe === null ? estimate / se : Math.log(estimate) / effect.logSe;
    return { ...base, estimate, se, lower, upper, p, statistic };
  });
  return [...arms, ...rest];
}
