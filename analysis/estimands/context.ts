import type { Uniform } from '../resampling/generator.ts';
import { binaryOf, outcomeAt } from './outcome.ts';
import type { AnalysisDefinition, AnalysisPlan, PlanArm, PlanVisit } from './plan.ts';
import type { Person } from './records.ts';
import type { EstimateRow, RowMeasure } from './results.ts';

/** What one analysis works on. */
export interface Context {
  plan: AnalysisPlan;
  analysis: AnalysisDefinition;
  /** Of the estimand's population. */
  people: Person[];
  /** Everyone in the table. */
  everyone: Person[];
  uniform: Uniform;
  /** Told to the reader once each. */
  notes: Set<string>;
}

export type Numbers = Partial<Omit<EstimateRow, 'analysis' | 'visit' | 'measure' | 'perPlan' | 'level'>>;

/**
 * A row of results. A number that isn't finite becomes null, and the reason says which: a limit that is infinite is
 * a result, not a fault.
 */
export function rowOf(
  { analysis, plan }: Context,
  visit: string,
  measure: RowMeasure,
  numbers: Numbers,
): EstimateRow {
  const row: EstimateRow = {
    analysis: analysis.id,
    visit,
    measure,
    arm: null,
    versus: null,
    covariate: null,
    delta: null,
    estimate: null,
    se: null,
    df: null,
    statistic: null,
    p: null,
    pAdjusted: null,
    lower: null,
    upper: null,
    level: plan.level,
    n: null,
    nVersus: null,
    numerator: null,
    denominator: null,
    method: '',
    perPlan: analysis.prespecified,
    converged: null,
    conclusion: null,
    reason: null,
    ...numbers,
  };
  const said: string[] = row.reason === null ? [] : [row.reason];
  if (row.df !== null && !Number.isFinite(row.df)) row.df = null;
  for (const [key, name] of [
    ['estimate', 'estimate'],
    ['lower', 'lower limit'],
    ['upper', 'upper limit'],
    ['se', 'standard error'],
    ['statistic', 'statistic'],
    ['p', 'p-value'],
  ] as const) {
    const value = row[key];
    if (value === null || Number.isFinite(value)) continue;
    said.push(
      Number.isNaN(value)
        ? `The ${name} is undefined.`
        : `The ${name} is ${value < 0 ? 'minus ' : ''}infinite.`,
    );
    row[key] = null;
  }
  row.reason = said.length > 0 ? said.join(' ') : null;
  return row;
}

export function armsOf({ plan, analysis }: Context): PlanArm[] {
  const named = new Set(analysis.estimand.treatments.flat());
  return plan.arms.filter((arm) => named.has(arm.id));
}

export const armLabel = ({ plan }: Context, id: string): string =>
  plan.arms.find((arm) => arm.id === id)?.label ?? id;

export const placeOf = ({ plan }: Context, visit: string): number =>
  plan.data.visits.findIndex(({ id }) => id === visit);

export const visitOf = ({ plan }: Context, visit: string): PlanVisit =>
  plan.data.visits[plan.data.visits.findIndex(({ id }) => id === visit)]!;

/** A participant who is analysed at a visit, with the estimand's variable there. */
export interface Observed {
  person: Person;
  value: number;
}

/**
 * Those who are analysed at a visit. Where nobody has a value there at all, nobody is analysed: counting everyone as
 * a non-responder at a visit that hasn't been would be false.
 */
export function observedAt(context: Context, visit: string): Observed[] {
  const { analysis, people, plan } = context;
  const at = placeOf(context, visit);
  const measure = analysis.estimand.variable.measure;
  if (!people.some((person) => person.values[measure]![at] !== null)) return [];
  return people.flatMap((person) => {
    const value = binaryOf(analysis, outcomeAt(person, analysis, at, plan.data.visits));
    return value === null ? [] : [{ person, value }];
  });
}

export const inArm = (observed: readonly Observed[], arm: string): number[] =>
  observed.filter(({ person }) => person.arm === arm).map(({ value }) => value);

/** In place of numbers for an arm with nobody analysed. */
export function nobodyIn(context: Context, arm: string, visit: string): string {
  const some = context.people.some((person) => person.arm === arm);
  const place = `${armLabel(context, arm)}`;
  return some
    ? `Nobody in ${place} has a value at ${visitOf(context, visit).label}.`
    : `Nobody in ${place} is in this population.`;
}
