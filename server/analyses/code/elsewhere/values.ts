import { stringify } from 'csv-stringify/sync';
import { observedAt } from '../../../../analysis/estimands/context.ts';
import { baselineOf } from '../../../../analysis/estimands/outcome.ts';
import { readPeople } from '../../../../analysis/estimands/records.ts';
import { contextOf } from '../../../../analysis/estimands/run.ts';
import { asPlan, type PlanDocument } from '../../plan.ts';
import { readTable } from '../../readTable.ts';
import { shapeOf } from './shape.ts';

/**
 * The estimand’s variable as a long CSV, for programmes in which its derivation isn’t written: a row for everyone in
 * the population at each visit after baseline at which they have a value, after the strategies for intercurrent events
 * and the rule for missing values.
 *
 * @param data the run’s CSV
 */
export function valuesOf(
  plan: PlanDocument,
  analysis: PlanDocument['analyses'][number],
  data: string,
): string {
  const { levels, covariates, strata } = shapeOf(plan, analysis);
  const own = asPlan(plan);
  const people = readPeople(readTable(data, 'data.csv'), own);
  const context = contextOf(own, analysis as never, people, 1);
  const { measure } = analysis.estimand.variable;
  const named = new Set(levels);
  const rows = plan.data.visits.flatMap((visit, at) =>
    visit.baseline
      ? []
      : observedAt(context, visit.id)
          .filter(({ person }) => named.has(person.arm))
          .map(({ person, value }) => [
            person.id,
            visit.id,
            at + 1,
            person.arm,
            levels.indexOf(person.arm) + 1,
            value,
            baselineOf(person, measure, own.data.visits),
            ...covariates.map(({ id }) => person.covariates[id]),
            ...(strata.length === 0 ? [] : [stratumOf(strata.map((id) => person.covariates[id] ?? null))]),
          ]),
  );
  const header = ['id', 'visit', 'visit_no', 'arm', 'arm_no', 'y', 'baseline'];
  return stringify([
    [...header, ...covariates.map(({ name }) => name), ...(strata.length === 0 ? [] : ['stratum'])],
    ...rows.map((row) => row.map((cell) => cell ?? '')),
  ]);
}

const stratumOf = (levels: readonly (string | number | null)[]): string =>
  levels.includes(null) ? '' : levels.join('|');
