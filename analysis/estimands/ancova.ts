import { type Estimate, linearContrast } from '../models/contrast.ts';
import { buildDesign } from '../models/design.ts';
import { differenceRow, meanRow } from '../models/least-squares-means.ts';
import { type LinearModel, prepareLinear } from '../models/linear-model.ts';
import { robustCovariance } from '../models/robust.ts';
import { dunnett, tukeyKramer } from '../multiplicity/simultaneous.ts';
import type { Unavailable } from '../unavailable.ts';
import { armsOf, type Context, type Numbers, nobodyIn, rowOf } from './context.ts';
import { armFormula, BASELINE, type ModelRow, modelRows } from './model-rows.ts';
import type { AdjustmentName, Estimator } from './plan.ts';
import type { EstimateRow } from './results.ts';

type Ancova = Extract<Estimator, { method: 'ancova' }>;

export interface AncovaFit {
  model: LinearModel;
  /** Adjusted mean of each arm that anybody is in, as a row over the coefficients. */
  means: Map<string, Float64Array>;
}

/** One linear model of the outcome on arm, baseline and covariates, with the covariance the plan asks for. */
export function fitAncova(
  context: Context,
  rows: readonly ModelRow[],
  estimator: Omit<Ancova, 'method'>,
): AncovaFit | Unavailable {
  const prepared = prepareAncova(context, rows, estimator);
  return 'reason' in prepared ? prepared : prepared(rows.map(({ value }) => value));
}

/** The same for many outcomes of the same rows, whose own values aren't read. */
export function prepareAncova(
  context: Context,
  rows: readonly ModelRow[],
  { covariates, baseline, errors, weights }: Omit<Ancova, 'method'>,
): ((y: ArrayLike<number>) => AncovaFit | Unavailable) | Unavailable {
  const formula = armFormula(context, rows, [...(baseline ? [BASELINE] : []), ...covariates]);
  const arms = formula.variables.arm!;
  if (arms.kind !== 'factor' || arms.levels.length < 2)
    return { reason: 'Fewer than two arms have anybody to analyse.' };
  const design = buildDesign(formula);
  const prepared = prepareLinear(design);
  if ('reason' in prepared) return prepared;
  const means = new Map(arms.levels.map((arm) => [arm, meanRow(design, { arm }, weights)]));
  return (y) => {
    const fit = prepared(y);
    if ('reason' in fit) return fit;
    if (errors === 'model') return { model: fit, means };
    const covariance = robustCovariance(fit, errors);
    return 'reason' in covariance ? covariance : { model: { ...fit, covariance }, means };
  };
}

/** Adjusted means and their differences at each visit, a model for each visit. */
export function analyseAncova(context: Context, estimator: Ancova): EstimateRow[] {
  const { level } = context.plan;
  const { visits, treatments } = context.analysis.estimand;
  return visits.flatMap((visit) => {
    const rows = modelRows(context, visit, estimator.covariates, estimator.baseline);
    const size = (arm: string) => rows.filter(({ person }) => person.arm === arm).length;
    const fit = fitAncova(context, rows, estimator);
    const method = `ancova, ${estimator.errors === 'model' ? 'model' : estimator.errors} standard errors, ${estimator.weights} weights`;
    const means = armsOf(context).map((arm) => {
      const row = 'reason' in fit ? undefined : fit.means.get(arm.id);
      const base: Numbers = { arm: arm.id, n: size(arm.id), method };
      if (base.n === 0)
        return rowOf(context, visit, 'mean', { ...base, reason: nobodyIn(context, arm.id, visit) });
      if ('reason' in fit) return rowOf(context, visit, 'mean', { ...base, reason: fit.reason });
      const { statistic: _, p: __, ...mean } = numbersOf(linearContrast(fit.model, row!, level));
      return rowOf(context, visit, 'mean', { ...base, ...mean });
    });
    const pairs = treatments.map(
      ([arm, versus]): { base: Numbers; row: Float64Array | null; reason: string | null } => {
        const base: Numbers = { arm, versus, n: size(arm), nVersus: size(versus), method };
        const empty = base.n === 0 ? arm : base.nVersus === 0 ? versus : null;
        if (empty !== null) return { base, row: null, reason: nobodyIn(context, empty, visit) };
        if ('reason' in fit) return { base, row: null, reason: fit.reason };
        return { base, row: differenceRow(fit.means.get(arm)!, fit.means.get(versus)!), reason: null };
      },
    );
    const possible = pairs.flatMap(({ row }) => (row ? [row] : []));
    const { adjust } = context.analysis;
    const joint = 'reason' in fit ? null : jointly(adjust, fit, possible, level);
    let next = 0;
    const differences = pairs.map(({ base, row, reason }) => {
      if (row === null || 'reason' in fit)
        return rowOf(context, visit, 'mean-difference', { ...base, reason });
      const plain = numbersOf(linearContrast(fit.model, row, level));
      if (joint === null) return rowOf(context, visit, 'mean-difference', { ...base, ...plain });
      if ('reason' in joint)
        return rowOf(context, visit, 'mean-difference', { ...base, ...plain, reason: joint.reason });
      const { p, lower, upper } = joint[next++]!;
      const method = `${base.method}, ${adjust} simultaneous limits`;
      return rowOf(context, visit, 'mean-difference', {
        ...base,
        ...plain,
        pAdjusted: p,
        lower,
        upper,
        method,
      });
    });
    return [...means, ...differences];
  });
}

/** Simultaneous tests and limits of all comparisons; null where each stands alone. */
function jointly(adjust: AdjustmentName, { model, means }: AncovaFit, rows: Float64Array[], level: number) {
  if (rows.length < 2) return null;
  if (adjust === 'dunnett') return dunnett(model, rows, level);
  return adjust === 'tukey' ? tukeyKramer(model, rows, means.size, level) : null;
}

export function numbersOf(result: Estimate | Unavailable): Numbers {
  return 'reason' in result ? { reason: result.reason } : { ...result };
}
