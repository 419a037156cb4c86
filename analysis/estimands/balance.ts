import {
  binaryDifference,
  categoryDifference,
  differenceOfValues,
} from '../continuous/standardised-difference.ts';
import type { Unavailable } from '../unavailable.ts';
import { armLabel, armsOf, type Context, type Numbers, rowOf } from './context.ts';
import { baselineOf } from './outcome.ts';
import type { Estimator } from './plan.ts';
import type { Person } from './records.ts';
import type { EstimateRow } from './results.ts';

type Balance = Extract<Estimator, { method: 'balance' }>;

/** What one row compares, of those who have it. */
interface Compared {
  label: string;
  method: string;
  of: (person: Person) => string | number | null;
  difference: (first: (string | number)[], second: (string | number)[]) => number | Unavailable;
  /** Whether chance alone gives a difference that is about normal round zero. */
  signed: boolean;
}

/**
 * Standardised mean differences at baseline, a row for each covariate and comparison: of a number the difference of
 * means, of a factor of two levels that of the share in its first, each over the root of the mean of both variances
 * (Austin PC. Stat Med 2009;28:3083–3107); of a factor of more, the Mahalanobis distance of all its levels (Yang D,
 * Dalton JE. SAS Global Forum 2012, paper 335), which has no sign, and a row for each level.
 *
 * The standard error is √(1/n₁ + 1/n₂), by which differences spread where nothing but chance makes them. There is no
 * p-value: after proper randomisation every difference arose by chance (Senn S. Stat Med 1994;13:1715–1726).
 */
export function analyseBalance(context: Context, estimator: Balance): EstimateRow[] {
  const { visits, treatments } = context.analysis.estimand;
  const named = new Set(armsOf(context).map(({ id }) => id));
  const people = context.people.filter(({ arm }) => named.has(arm));
  const rows = comparedOf(context, estimator, people);
  return visits.flatMap((visit) =>
    rows.flatMap(({ label, method, of, difference, signed }) =>
      treatments.map(([arm, versus]) => {
        const [first, second] = [arm, versus].map((id) =>
          people.flatMap((person) => (person.arm === id ? (of(person) ?? []) : [])),
        ) as [(string | number)[], (string | number)[]];
        const base: Numbers = {
          arm,
          versus,
          covariate: label,
          n: first.length,
          nVersus: second.length,
          method,
        };
        const empty = first.length === 0 ? arm : second.length === 0 ? versus : null;
        if (empty !== null)
          return rowOf(context, visit, 'standardised-difference', {
            ...base,
            reason: `Nobody in ${armLabel(context, empty)} has a value of ${label}.`,
          });
        const found = difference(first, second);
        return rowOf(context, visit, 'standardised-difference', {
          ...base,
          ...(typeof found === 'number'
            ? { estimate: found, se: signed ? Math.sqrt(1 / first.length + 1 / second.length) : null }
            : { reason: found.reason }),
        });
      }),
    ),
  );
}

function comparedOf(context: Context, { covariates, baseline }: Balance, people: Person[]): Compared[] {
  const { plan, analysis } = context;
  const { measure } = analysis.estimand.variable;
  const number = (label: string, of: (person: Person) => number | null): Compared => ({
    label,
    method: 'standardised difference of means',
    of,
    difference: (first, second) => differenceOfValues(first as number[], second as number[]),
    signed: true,
  });
  const score = number(plan.data.measures.find(({ id }) => id === measure)?.label ?? measure, (person) =>
    baselineOf(person, measure, plan.data.visits),
  );
  const own = covariates.flatMap((id) => {
    const { label, kind } = plan.data.covariates.find((one) => one.id === id)!;
    const value = (person: Person) => person.covariates[id] ?? null;
    if (kind === 'number') return [number(label, (person) => value(person) as number | null)];
    const of = (person: Person) => (value(person) === null ? null : String(value(person)));
    const levels = [...new Set(people.flatMap((person) => of(person) ?? []))].sort();
    const each = levels.map(
      (level): Compared => ({
        label: `${label}: ${level}`,
        method: 'standardised difference of proportions',
        of,
        difference: (first, second) => binaryDifference(share(first, level), share(second, level)),
        signed: true,
      }),
    );
    if (levels.length <= 2) return each.slice(0, 1);
    const overall: Compared = {
      label: `${label}, all levels`,
      method: 'distance of categories',
      of,
      difference: (first, second) =>
        categoryDifference(
          levels.map((level) => share(first, level)),
          levels.map((level) => share(second, level)),
        ),
      signed: false,
    };
    return [overall, ...each];
  });
  return [...(baseline ? [score] : []), ...own];
}

const share = (values: readonly (string | number)[], level: string): number =>
  values.filter((value) => value === level).length / values.length;
