import type { Formula, Variable } from '../models/design.ts';
import { armsOf, type Context, type Observed, observedAt } from './context.ts';
import { baselineOf } from './outcome.ts';

/** The measure at baseline among a model's variables; no covariate of a plan can have this name. */
export const BASELINE = '(baseline)';

export interface ModelRow extends Observed {
  covariates: Record<string, string | number>;
}

/**
 * The rows of a model at a visit: those analysed who have all covariates; how many were left out is noted.
 *
 * @param covariates identifiers of the plan's covariates; with `baseline` the measure at baseline too
 */
export function modelRows(
  context: Context,
  visit: string,
  covariates: readonly string[],
  baseline = false,
  observed: readonly Observed[] = observedAt(context, visit),
): ModelRow[] {
  const arms = new Set(armsOf(context).map((arm) => arm.id));
  const own = observed.filter(({ person }) => arms.has(person.arm));
  const rows = own.flatMap((entry) => {
    const values = covariatesOf(context, entry.person, covariates, baseline);
    return values ? [{ ...entry, covariates: values }] : [];
  });
  if (rows.length < own.length)
    context.notes.add(
      `${own.length - rows.length} at ${visit} left out of the model: no value of a covariate (${[...(baseline ? ['baseline'] : []), ...covariates].join(', ')}).`,
    );
  return rows;
}

export function covariatesOf(
  context: Context,
  person: Observed['person'],
  covariates: readonly string[],
  baseline: boolean,
): Record<string, string | number> | null {
  const values: Record<string, string | number> = {};
  for (const name of covariates) {
    const value = person.covariates[name] ?? null;
    if (value === null) return null;
    values[name] = value;
  }
  if (!baseline) return values;
  const before = baselineOf(person, context.analysis.estimand.variable.measure, context.plan.data.visits);
  return before === null ? null : { ...values, [BASELINE]: before };
}

/** Arms of the analysis with the reference first, as models code them. */
export function armLevels(context: Context): string[] {
  const arms = armsOf(context);
  const reference = arms.find((arm) => arm.reference)?.id ?? context.analysis.estimand.treatments[0]![1];
  return [reference, ...arms.map((arm) => arm.id).filter((id) => id !== reference)];
}

/**
 * Outcome on arm and covariates. Levels that nobody has are left out; an arm that nobody has stays away too, and the
 * caller gives its reason.
 */
export function armFormula(context: Context, rows: readonly ModelRow[], names: readonly string[]): Formula {
  const present = new Set(rows.map(({ person }) => person.arm));
  const variables: Record<string, Variable> = {
    arm: {
      kind: 'factor',
      levels: armLevels(context).filter((arm) => present.has(arm)),
      values: rows.map(({ person }) => person.arm),
    },
    ...covariateVariables(context, rows, names),
  };
  const kept = names.filter((name) => !isConstantFactor(variables[name]!));
  return { variables, terms: [['arm'], ...kept.map((name) => [name])] };
}

export const isConstantFactor = (variable: Variable): boolean =>
  variable.kind === 'factor' && variable.levels.length < 2;

export function covariateVariables(
  context: Context,
  rows: readonly Pick<ModelRow, 'covariates'>[],
  names: readonly string[],
): Record<string, Variable> {
  const kinds = new Map(context.plan.data.covariates.map(({ id, kind }) => [id, kind]));
  return Object.fromEntries(
    names.map((name): [string, Variable] => {
      if (name === BASELINE || kinds.get(name) === 'number')
        return [name, { kind: 'covariate', values: rows.map((row) => Number(row.covariates[name])) }];
      const values = rows.map((row) => String(row.covariates[name]));
      return [name, { kind: 'factor', levels: [...new Set(values)].sort(), values }];
    }),
  );
}
