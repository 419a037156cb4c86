import type { Formula } from '../models/design.ts';
import type { LogisticModel } from '../models/logistic.ts';
import { type RiskModel, riskStandardiser } from '../models/weighted-risks.ts';
import { bootstrapIntervals } from '../resampling/bootstrap.ts';
import { pieces, type Steps } from '../tasks/task.ts';
import type { Context, Numbers } from './context.ts';

/** How two risks are compared. */
export type RiskComparison = 'risk-difference' | 'risk-ratio' | 'odds-ratio';

const compare: Record<RiskComparison, (a: number, b: number) => number> = {
  'risk-difference': (a, b) => a - b,
  'risk-ratio': (a, b) => a / b,
  'odds-ratio': (a, b) => a / (1 - a) / (b / (1 - b)),
};

/**
 * Bootstrap interval of a covariate-adjusted comparison of risks: participants are drawn with replacement within their
 * arm, and the working model is fitted and standardised anew in each sample. BCa takes its acceleration from leaving
 * out each participant in turn (Efron B. J Am Stat Assoc 1987;82:171–185).
 */
export function* bootstrapComparison(
  context: Context,
  fit: LogisticModel,
  formula: Formula,
  arms: [string, string],
  measure: RiskComparison,
  { replicates, interval }: { replicates: number; interval: 'bca' | 'percentile' },
): Steps<Numbers> {
  const model = riskModel(fit, formula, arms);
  const levels = formula.variables.arm!.kind === 'factor' ? formula.variables.arm!.levels : [];
  const values = formula.variables.arm!.values as readonly string[];
  const strata = Int32Array.from(values, (value) => levels.indexOf(value));
  const of = (risks: readonly [number, number] | null) => {
    const value = risks === null ? Number.NaN : compare[measure](risks[0], risks[1]);
    return Number.isFinite(value) ? value : null;
  };
  const standardise = riskStandardiser(model);
  const counts = new Float64Array(strata.length).fill(1);
  const estimate = of(standardise(counts));
  if (estimate === null) return { reason: 'The comparison of the risks is not a finite number.' };
  const drawn = yield pieces(replicates).map((count) => ({
    kind: 'risk-bootstrap',
    model,
    strata,
    replicates: count,
    seed: Math.floor(context.uniform() * 2 ** 32),
  }));
  const found = drawn.flatMap((risks) =>
    Array.from({ length: risks.length / 2 }, (_, r) => of([risks[2 * r]!, risks[2 * r + 1]!])),
  );
  const kept = found.filter((value) => value !== null);
  if (kept.length < found.length)
    context.notes.add(
      `In ${found.length - kept.length} of ${found.length} bootstrap samples of ${arms[0]} and ${arms[1]} the model had no maximum; they were left out.`,
    );
  const jackknife =
    interval === 'bca'
      ? Array.from(counts, (_, i) => {
          counts[i] = 0;
          const value = of(standardise(counts));
          counts[i] = 1;
          return value;
        })
      : undefined;
  const result = bootstrapIntervals(estimate, kept, {
    level: context.plan.level,
    ...(jackknife && { jackknife }),
  });
  if ('reason' in result) return { estimate, reason: result.reason };
  const limits = result[interval];
  if (limits === null || 'reason' in limits)
    return { estimate, se: result.se, reason: limits?.reason ?? 'There is no such interval.' };
  return { estimate, se: result.se, lower: limits.lower, upper: limits.upper };
}

function riskModel(fit: LogisticModel, formula: Formula, [first, second]: [string, string]): RiskModel {
  const { matrix, names } = fit.design;
  const factor = formula.variables.arm!;
  const levels = factor.kind === 'factor' ? factor.levels : [];
  const columnOf = (arm: string) => names.indexOf(`arm${arm}`);
  return {
    x: Float64Array.from(matrix.data),
    y: Float64Array.from(fit.y),
    columns: matrix.columns,
    armColumns: levels.slice(1).map(columnOf),
    first: columnOf(first),
    second: columnOf(second),
    start: Float64Array.from(fit.coefficients),
  };
}
