import { imputeMultiple } from '../imputation/multiple.ts';
import { poolRubin } from '../imputation/rubin.ts';
import type { Unavailable } from '../unavailable.ts';
import { type Completable, completedAnalysis, targetsOf } from './complete-analysis.ts';
import type { Context } from './context.ts';
import { imputationData } from './imputation-data.ts';

/** The analysis with points added to the imputed scores of each arm. */
export interface TippingCell {
  first: number;
  second: number;
  estimate: number;
  lower: number;
  upper: number;
}

/**
 * Repeats an analysis of multiply imputed scores with penalties on what was imputed, in both arms of its first
 * comparison apart: so that one sees how far from missing at random either arm would have to be before the
 * conclusion is lost. The same imputations serve every cell; each cell is pooled by Rubin's rules.
 *
 * Source: Liublinska V, Rubin DB. Sensitivity analysis for a partially missing binary outcome in a two-arm randomized
 * clinical trial. Stat Med 2014;33:4170–4185 (both arms apart); Cro S et al. Stat Med 2020;39:2815–2842.
 *
 * @param context of an analysis at one visit with one comparison
 * @param first points added to each imputed score of the comparison's first arm, `second` to those of its second
 */
export function tippingGrid(
  context: Context,
  estimator: Completable,
  {
    imputations,
    first,
    second,
  }: { imputations: number; first: readonly number[]; second: readonly number[] },
): TippingCell[] | Unavailable {
  const data = imputationData(context, 'covariates' in estimator ? estimator.covariates : []);
  const [pair] = context.analysis.estimand.treatments;
  const [visit] = context.analysis.estimand.visits;
  if (!pair || visit === undefined)
    throw new RangeError('A tipping point is of one comparison at one visit.');
  if (!data.model.visits.includes(visit))
    return { reason: `Nobody has a value at ${visit}: there is nothing to impute from.` };
  if (data.model.arms.length < 2) return { reason: 'Fewer than two arms have anybody to analyse.' };
  const { participants } = data;
  const completed = imputeMultiple(data.model, participants, { imputations, uniform: context.uniform });
  if ('reason' in completed) return { reason: completed.reason as string };
  const target = targetsOf(context).findIndex(({ versus }) => versus !== null);
  const analyse = completedAnalysis(context, estimator, data, participants);
  const cells: TippingCell[] = [];
  for (const two of second)
    for (const one of first) {
      const estimates: { estimate: number; variance: number; df: number }[] = [];
      for (const imputed of completed) {
        const shifted = imputed.map((values, i) => {
          const { arm, outcome } = participants[i]!;
          const delta = arm === pair[0] ? one : arm === pair[1] ? two : 0;
          return delta === 0
            ? values
            : values.map((value, t) => (outcome[t] === null ? value + delta : value));
        });
        const found = analyse(shifted);
        if ('reason' in found) return found;
        estimates.push(found[target]!);
      }
      const pooled = poolRubin(
        estimates.map(({ estimate }) => estimate),
        estimates.map(({ variance }) => variance),
        estimates[0]!.df,
        context.plan.level,
      );
      if ('reason' in pooled) return { reason: pooled.reason };
      cells.push({
        first: one,
        second: two,
        estimate: pooled.estimate,
        lower: pooled.lower,
        upper: pooled.upper,
      });
    }
  return cells;
}
