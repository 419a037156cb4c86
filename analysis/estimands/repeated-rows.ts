import type { Formula, Variable } from '../models/design.ts';
import { armsOf, type Context } from './context.ts';
import { armLevels, BASELINE, covariatesOf, covariateVariables, isConstantFactor } from './model-rows.ts';
import { outcomeAt } from './outcome.ts';
import type { PlanVisit } from './plan.ts';
import type { Person } from './records.ts';

export interface RepeatedRow {
  person: Person;
  visit: string;
  value: number;
  covariates: Record<string, string | number>;
}

/** The plan's visits after baseline at which the measure is taken and anybody has a value. */
export function followUpVisits(context: Context): PlanVisit[] {
  const { plan, people, analysis } = context;
  const { measure } = analysis.estimand.variable;
  return plan.data.visits.filter(
    (visit, at) => !visit.baseline && people.some((person) => person.values[measure]![at] !== null),
  );
}

/** One row for each value after baseline of those who have all covariates. */
export function repeatedRows(
  context: Context,
  covariates: readonly string[],
  baseline: boolean,
): RepeatedRow[] {
  const { plan, analysis, people } = context;
  const arms = new Set(armsOf(context).map((arm) => arm.id));
  const visits = followUpVisits(context);
  let without = 0;
  const rows = people.flatMap((person) => {
    if (!arms.has(person.arm)) return [];
    const values = visits.flatMap((visit) => {
      const value = outcomeAt(person, analysis, plan.data.visits.indexOf(visit), plan.data.visits);
      return value === null ? [] : [{ person, visit: visit.id, value }];
    });
    const own = covariatesOf(context, person, covariates, baseline);
    if (own === null && values.length > 0) without++;
    return own === null ? [] : values.map((value) => ({ ...value, covariates: own }));
  });
  if (without > 0)
    context.notes.add(`${without} left out of the model: no baseline or no value of a covariate.`);
  return rows;
}

/** Outcome on arm × visit, baseline × visit and covariates. */
export function repeatedFormula(
  context: Context,
  rows: readonly RepeatedRow[],
  covariates: readonly string[],
  baseline: boolean,
): { formula: Formula; visits: string[] } {
  const present = new Set(rows.map(({ person }) => person.arm));
  const seen = new Set(rows.map(({ visit }) => visit));
  const visits = followUpVisits(context)
    .map(({ id }) => id)
    .filter((id) => seen.has(id));
  const names = [...(baseline ? [BASELINE] : []), ...covariates];
  const variables: Record<string, Variable> = {
    arm: {
      kind: 'factor',
      levels: armLevels(context).filter((arm) => present.has(arm)),
      values: rows.map(({ person }) => person.arm),
    },
    visit: { kind: 'factor', levels: visits, values: rows.map(({ visit }) => visit) },
    ...covariateVariables(context, rows, names),
  };
  const kept = names.filter((name) => !isConstantFactor(variables[name]!));
  const several = visits.length > 1;
  const terms = [
    ['arm'],
    ...(several ? [['visit']] : []),
    ...kept.map((name) => [name]),
    ...(several ? [['arm', 'visit']] : []),
    ...(several && baseline ? [[BASELINE, 'visit']] : []),
  ];
  return { formula: { variables, terms }, visits };
}
