import { meanInterval } from '../continuous/mean-interval.ts';
import { baselineOf } from './outcome.ts';
import type { AnalysisPlan } from './plan.ts';
import type { Person } from './records.ts';
import type { DescriptiveRow } from './results.ts';

/** Means and changes as they were observed, of every measure that a plan's analyses use, by arm and visit. */
export function describe(plan: AnalysisPlan, people: readonly Person[]): DescriptiveRow[] {
  const used = new Set(
    plan.analyses
      .map(({ estimand }) => estimand.variable)
      .filter(({ kind }) => kind !== 'binary')
      .map(({ measure }) => measure),
  );
  return plan.data.measures
    .filter(({ id }) => used.has(id))
    .flatMap(({ id: measure }) =>
      plan.data.visits.flatMap((visit, at) =>
        plan.arms.map((arm): DescriptiveRow => {
          const own = people.filter((person) => person.arm === arm.id);
          const values = own.flatMap((person) => person.values[measure]![at] ?? []);
          const changes = visit.baseline
            ? []
            : own.flatMap((person) => {
                const before = baselineOf(person, measure, plan.data.visits);
                const after = person.values[measure]![at]!;
                return before === null || after === null ? [] : [after - before];
              });
          const mean = meanInterval(values, plan.level);
          const change = meanInterval(changes, plan.level);
          return {
            measure,
            visit: visit.id,
            arm: arm.id,
            n: values.length,
            mean: mean?.estimate ?? null,
            sd: mean?.sd ?? null,
            changeN: changes.length,
            change: change?.estimate ?? null,
            lower: change?.lower ?? null,
            upper: change?.upper ?? null,
          };
        }),
      ),
    );
}
