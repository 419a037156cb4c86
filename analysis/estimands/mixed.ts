import { type DegreesMethod, mixedContrast } from '../models/degrees.ts';
import { differenceRow, meanRow } from '../models/least-squares-means.ts';
import type { NotConverged } from '../models/maximise.ts';
import type { MixedFit } from '../models/mixed-fit.ts';
import { fitMmrm } from '../models/mmrm.ts';
import { fitRandomIntercept, fitRandomSlope } from '../models/random-effects.ts';
import { numbersOf } from './ancova.ts';
import { armsOf, type Context, type Numbers, nobodyIn, rowOf, visitOf } from './context.ts';
import type { Estimator } from './plan.ts';
import { type RepeatedRow, repeatedFormula, repeatedRows } from './repeated-rows.ts';
import type { EstimateRow } from './results.ts';

type Mixed = Extract<Estimator, { method: 'mmrm' | 'random-intercept' | 'random-slope' }>;

/** One likelihood model of all visits; adjusted means and their differences at the estimand's visits. */
export function analyseRepeated(context: Context, estimator: Mixed): EstimateRow[] {
  const { covariates, baseline, degrees } = estimator;
  const rows = repeatedRows(context, covariates, baseline);
  const { formula, visits } = repeatedFormula(context, rows, covariates, baseline);
  const arms = formula.variables.arm!;
  const fit =
    arms.kind === 'factor' && arms.levels.length < 2
      ? { converged: false as const, reason: 'Fewer than two arms have anybody to analyse.' }
      : fitOne(context, estimator, { formula, visits, rows });
  const weights = estimator.method === 'mmrm' ? estimator.weights : 'equal';
  const method =
    estimator.method === 'mmrm'
      ? `mmrm, ${estimator.structure}${estimator.covariances === 'by-arm' ? ' in each arm' : ''}, ${estimator.likelihood}, ${degrees}, ${weights} weights`
      : `${estimator.method.replace('-', ' ')}, REML, ${degrees}`;
  return context.analysis.estimand.visits.flatMap((visit) => {
    const size = (arm: string) => rows.filter((row) => row.person.arm === arm && row.visit === visit).length;
    // A visit that one arm lacks has no interaction to estimate there, though the arm is in the model.
    const meanOf = (arm: string) =>
      meanRow((fit as MixedFit).design, visits.length > 1 ? { arm, visit } : { arm }, weights);
    const why = (asked: string[], converged: MixedFit | NotConverged): string | null => {
      const empty = asked.find((arm) => size(arm) === 0);
      if (empty !== undefined) return nobodyIn(context, empty, visit);
      if (!converged.converged) return converged.reason;
      return visits.includes(visit) ? null : `Nobody has a value at ${visitOf(context, visit).label}.`;
    };
    const make = (measure: 'mean' | 'mean-difference', asked: string[], base: Numbers): EstimateRow => {
      const reason = why(asked, fit);
      const own: Numbers = { ...base, method, converged: fit.converged };
      if (reason !== null || !fit.converged) return rowOf(context, visit, measure, { ...own, reason });
      const [first, second] = asked.map(meanOf);
      const row = second ? differenceRow(first!, second) : first!;
      const numbers = numbersOf(mixedContrast(fit, row, degrees as DegreesMethod, context.plan.level));
      if (measure === 'mean')
        return rowOf(context, visit, measure, { ...own, ...numbers, statistic: null, p: null });
      return rowOf(context, visit, measure, { ...own, ...numbers });
    };
    return [
      ...armsOf(context).map(({ id }) => make('mean', [id], { arm: id, n: size(id) })),
      ...context.analysis.estimand.treatments.map(([arm, versus]) =>
        make('mean-difference', [arm, versus], { arm, versus, n: size(arm), nVersus: size(versus) }),
      ),
    ];
  });
}

function fitOne(
  context: Context,
  estimator: Mixed,
  { formula, visits, rows }: ReturnType<typeof repeatedFormula> & { rows: RepeatedRow[] },
): MixedFit | NotConverged {
  const y = rows.map(({ value }) => value);
  const subject = rows.map(({ person }) => person.id);
  if (estimator.method === 'mmrm')
    return fitMmrm({
      formula,
      y,
      subject,
      visit: rows.map((row) => row.visit),
      visits,
      structure: estimator.structure,
      ...(estimator.covariances === 'by-arm' && { group: rows.map(({ person }) => person.arm) }),
      method: estimator.likelihood,
    });
  const fit =
    estimator.method === 'random-intercept'
      ? fitRandomIntercept({ formula, y, subject })
      : fitRandomSlope({ formula, y, subject, time: rows.map(({ visit }) => visitOf(context, visit).day) });
  if (fit.converged && fit.boundary !== null) context.notes.add(fit.boundary);
  return fit;
}
