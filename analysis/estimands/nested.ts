import { mixedContrast } from '../models/degrees.ts';
import { differenceRow, meanRow } from '../models/least-squares-means.ts';
import { fitPartiallyNested } from '../models/random-effects.ts';
import { numbersOf } from './ancova.ts';
import { armsOf, type Context, type Numbers, nobodyIn, rowOf } from './context.ts';
import { armFormula, BASELINE, modelRows } from './model-rows.ts';
import type { Estimator } from './plan.ts';
import type { EstimateRow } from './results.ts';

type Nested = Extract<Estimator, { method: 'partially-nested' }>;

/** Adjusted means and differences where one arm is treated in groups or by therapists, a model for each visit. */
export function analyseNested(context: Context, estimator: Nested): EstimateRow[] {
  const { covariates, baseline, cluster, heteroscedastic, degrees } = estimator;
  const { visits, treatments } = context.analysis.estimand;
  const method = `partially nested by ${cluster}, REML, ${degrees}`;
  return visits.flatMap((visit) => {
    const rows = modelRows(context, visit, covariates, baseline);
    const formula = armFormula(context, rows, [...(baseline ? [BASELINE] : []), ...covariates]);
    const arms = formula.variables.arm!;
    const clusterOf = (row: (typeof rows)[number]) => row.person.covariates[cluster] ?? null;
    const fit =
      arms.kind === 'factor' && arms.levels.length < 2
        ? { converged: false as const, reason: 'Fewer than two arms have anybody to analyse.' }
        : fitPartiallyNested({
            formula,
            y: rows.map(({ value }) => value),
            cluster: rows.map((row) => {
              const name = clusterOf(row);
              // Groups of two arms may have the same name.
              return name === null ? null : JSON.stringify([row.person.arm, name]);
            }),
            heteroscedastic,
          });
    if (fit.converged) {
      const clusters = new Set(rows.flatMap((row) => clusterOf(row) ?? [])).size;
      context.notes.add(
        `At ${visit}: ${clusters} clusters, intraclass correlation ${fit.icc.toFixed(3)}.${fit.boundary === null ? '' : ` ${fit.boundary}`}`,
      );
    }
    const size = (arm: string) => rows.filter(({ person }) => person.arm === arm).length;
    const make = (measure: 'mean' | 'mean-difference', asked: string[], base: Numbers): EstimateRow => {
      const empty = asked.find((arm) => size(arm) === 0);
      const isZero = fit.converged && fit.boundary !== null;
      const own: Numbers = {
        ...base,
        method: isZero ? `${method}, group variance zero` : method,
        converged: fit.converged,
      };
      if (empty !== undefined)
        return rowOf(context, visit, measure, { ...own, reason: nobodyIn(context, empty, visit) });
      if (!fit.converged) return rowOf(context, visit, measure, { ...own, reason: fit.reason });
      const [first, second] = asked.map((arm) => meanRow(fit.design, { arm }, 'equal'));
      const row = second ? differenceRow(first!, second) : first!;
      const numbers = numbersOf(mixedContrast(fit, row, degrees, context.plan.level));
      return rowOf(context, visit, measure, {
        ...own,
        ...numbers,
        ...(measure === 'mean' && { statistic: null, p: null }),
      });
    };
    return [
      ...armsOf(context).map(({ id }) => make('mean', [id], { arm: id, n: size(id) })),
      ...treatments.map(([arm, versus]) =>
        make('mean-difference', [arm, versus], { arm, versus, n: size(arm), nVersus: size(versus) }),
      ),
    ];
  });
}
