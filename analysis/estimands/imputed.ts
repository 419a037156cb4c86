import { imputeChained } from '../imputation/chained-equations.ts';
import { conditionalMeanAnalysis } from '../imputation/conditional-mean.ts';
import { imputeMultiple } from '../imputation/multiple.ts';
import type { RepeatedParticipant } from '../imputation/repeated-data.ts';
import { poolRubin } from '../imputation/rubin.ts';
import type { Unavailable } from '../unavailable.ts';
import {
  type Completable,
  type Completed,
  type CompleteEstimate,
  completedAnalysis,
  targetsOf,
} from './complete-analysis.ts';
import { type Context, type Numbers, rowOf } from './context.ts';
import { type ImputationData, imputationData } from './imputation-data.ts';
import type { MissingMethod } from './plan.ts';
import type { EstimateRow } from './results.ts';

type Imputing = Extract<MissingMethod, { method: 'multiple-imputation' | 'reference-based' }>;

/** Estimates from imputed data: one set of rows for each delta. */
export function analyseImputed(context: Context, estimator: Completable, missing: Imputing): EstimateRow[] {
  const covariates = 'covariates' in estimator ? estimator.covariates : [];
  const data = imputationData(context, covariates);
  const deltas = missing.method === 'reference-based' ? missing.deltas : [0];
  const known = targetsOf(context);
  const absent = known.find(({ visit }) => !data.model.visits.includes(visit));
  const results: Numbers[] | Unavailable =
    absent !== undefined
      ? { reason: `Nobody has a value at ${absent.visit}: there is nothing to impute from.` }
      : data.model.arms.length < 2
        ? { reason: 'Fewer than two arms have anybody to analyse.' }
        : missing.method === 'reference-based' && missing.inference === 'jackknife'
          ? jackknifed(context, estimator, data, deltas)
          : pooled(context, estimator, data, missing, deltas);
  const size = (arm: string) => data.participants.filter((one) => one.arm === arm).length;
  const isRisk = estimator.method === 'risk-difference';
  return deltas.flatMap((delta, d) =>
    known.map(({ visit, arm, versus }, t) => {
      const measure = isRisk
        ? versus === null
          ? 'risk'
          : 'risk-difference'
        : versus === null
          ? 'mean'
          : 'mean-difference';
      const numbers =
        'reason' in results ? { reason: results.reason, converged: false } : results[d * known.length + t]!;
      return rowOf(context, visit, measure, {
        arm,
        versus,
        delta: deltas.length > 1 || delta !== 0 ? delta : null,
        n: size(arm),
        nVersus: versus === null ? null : size(versus),
        method: methodOf(missing, estimator),
        ...numbers,
        ...(versus === null && { statistic: null, p: null }),
      });
    }),
  );
}

function methodOf(missing: Imputing, { method }: Completable): string {
  if (missing.method === 'multiple-imputation')
    return `${method} of ${missing.imputations} imputations (${missing.model === 'chained' ? 'chained equations' : 'repeated measures'}), Rubin’s rules`;
  return missing.inference === 'jackknife'
    ? `${method} after ${missing.strategy}, conditional means, jackknife`
    : `${method} of ${missing.imputations} imputations under ${missing.strategy}, Rubin’s rules`;
}

/** Delta is added to what was imputed in every arm but the reference. */
function shifted(
  data: ImputationData,
  participants: readonly RepeatedParticipant[],
  completed: Completed,
  delta: number,
): Completed {
  if (delta === 0) return completed;
  return completed.map((values, i) => {
    const { arm, outcome } = participants[i]!;
    if (arm === data.model.reference) return values;
    return outcome.map((seen, t) => (seen === null ? values[t]! + delta : values[t]!));
  });
}

function jackknifed(
  context: Context,
  estimator: Completable,
  data: ImputationData,
  deltas: readonly number[],
): Numbers[] | Unavailable {
  let last: Unavailable | null = null;
  const result = conditionalMeanAnalysis(
    data.model,
    data.participants,
    (participants, completed) => {
      const all: number[] = [];
      const analyse = completedAnalysis(context, estimator, data, participants);
      for (const delta of deltas) {
        const found = analyse(shifted(data, participants, completed, delta));
        if ('reason' in found) {
          last = found;
          return null;
        }
        all.push(...found.map(({ estimate }) => estimate));
      }
      return all;
    },
    { level: context.plan.level },
  );
  if ('reason' in result) return last ?? result;
  return result.map(
    ({ estimate, se, lower, upper, p }): Numbers => ({
      estimate,
      se,
      lower,
      upper,
      p,
      statistic: se > 0 ? estimate / se : null,
      converged: true,
    }),
  );
}

function pooled(
  context: Context,
  estimator: Completable,
  data: ImputationData,
  missing: Imputing,
  deltas: readonly number[],
): Numbers[] | Unavailable {
  const { imputations } = missing;
  const completed: Completed[] | Unavailable =
    missing.method === 'multiple-imputation' && missing.model === 'chained'
      ? chained(data, imputations, context)
      : imputeMultiple(data.model, data.participants, { imputations, uniform: context.uniform });
  if ('reason' in completed) return completed;
  const analyse = completedAnalysis(context, estimator, data, data.participants);
  const numbers: Numbers[] = [];
  for (const delta of deltas) {
    const analyses: CompleteEstimate[][] = [];
    for (const one of completed) {
      const found = analyse(shifted(data, data.participants, one, delta));
      if ('reason' in found) return found;
      analyses.push(found);
    }
    analyses[0]!.forEach((first, t) => {
      const result = poolRubin(
        analyses.map((a) => a[t]!.estimate),
        analyses.map((a) => a[t]!.variance),
        first.df,
        context.plan.level,
      );
      if ('reason' in result) {
        numbers.push({ reason: result.reason });
        return;
      }
      const { estimate, se, df, statistic, p, lower, upper } = result;
      numbers.push({ estimate, se, df, statistic, p, lower, upper, converged: true });
    });
  }
  return numbers;
}

/** Arms and factors as indicators, baseline and every visit's score; gives each participant's scores by visit. */
function chained(data: ImputationData, imputations: number, { uniform }: Context): Completed[] | Unavailable {
  const { model, participants } = data;
  const columns = [
    ...model.arms
      .slice(1)
      .map((arm) => ({ name: arm, values: participants.map((p) => Number(p.arm === arm)) })),
    ...Object.entries(model.variables).flatMap(([name, variable]) =>
      variable.kind === 'factor'
        ? variable.levels.slice(1).map((level) => ({
            name: `${name} ${level}`,
            values: participants.map((p) => Number(String(p.values[name]) === level)),
          }))
        : [{ name, values: participants.map((p) => Number(p.values[name])) }],
    ),
    ...model.visits.map((name, t) => ({ name, values: participants.map((p) => p.outcome[t]!) })),
  ];
  const result = imputeChained(columns, { imputations, uniform });
  if ('reason' in result) return result;
  const first = columns.length - model.visits.length;
  return result.map((filled) =>
    participants.map((_, i) => model.visits.map((__, t) => filled[first + t]![i]!)),
  );
}
