import { type BinaryOutcome, responded } from '../response.ts';
import { type AnalysisDefinition, isBinary, type PlanVisit, type VariableDefinition } from './plan.ts';
import type { Person } from './records.ts';

/**
 * The estimand's variable for one participant at one visit, after its strategies for intercurrent events
 * (ICH E9(R1), section A.3.2), for visits from the first one an event affects:
 *
 *   treatment-policy     the value as it was observed
 *   hypothetical         missing, whatever was observed; the missing-data method says what stands for it
 *   composite            no response (binary variables only)
 *   while-on-treatment   the last value from before the event; missing without one
 *
 * @param at place of the visit among the plan's visits
 * @returns 0 or 1 for a binary variable; null where it is missing
 */
export function outcomeAt(
  person: Person,
  { estimand }: Pick<AnalysisDefinition, 'estimand'>,
  at: number,
  visits: readonly PlanVisit[],
): number | null {
  const { variable, intercurrent } = estimand;
  const struck = (strategy: string) =>
    intercurrent
      .filter((entry) => entry.strategy === strategy)
      .map(({ event }) => person.eventAt[event] ?? null)
      .filter((from): from is number => from !== null && from <= at);
  if (struck('composite').length > 0) return 0;
  if (struck('hypothetical').length > 0) return null;
  const ended = struck('while-on-treatment');
  if (ended.length === 0) return derive(person, variable, at, visits);
  for (let visit = Math.min(...ended) - 1; visit >= 0; visit--) {
    if (visits[visit]!.baseline) break;
    const value = derive(person, variable, visit, visits);
    if (value !== null) return value;
  }
  return null;
}

/** The variable from the values at a visit and at baseline, whatever happened to the participant. */
export function derive(
  person: Person,
  variable: VariableDefinition,
  at: number,
  visits: readonly PlanVisit[],
): number | null {
  const { measure } = variable;
  const value = person.values[measure]![at]!;
  return fromScores(variable, baselineOf(person, measure, visits), value, person.better[measure]!);
}

export function fromScores(
  variable: VariableDefinition,
  before: number | null,
  value: number | null,
  better: 'lower' | 'higher',
): number | null {
  if (value === null) return null;
  if (variable.kind === 'value') return value;
  if (variable.kind === 'binary') return value;
  if (variable.kind === 'change') return before === null ? null : value - before;
  const base = { id: '', label: '', measure: variable.measure };
  const outcome: BinaryOutcome =
    variable.kind === 'response'
      ? { ...base, kind: 'response', fall: variable.fall, better }
      : {
          ...base,
          kind: 'threshold',
          ...(variable.atMost === undefined ? null : { atMost: variable.atMost }),
          ...(variable.atLeast === undefined ? null : { atLeast: variable.atLeast }),
        };
  const answer = responded(outcome, before ?? undefined, value);
  return answer === null ? null : Number(answer);
}

export function baselineOf(person: Person, measure: string, visits: readonly PlanVisit[]): number | null {
  const at = visits.findIndex((visit) => visit.baseline);
  return at < 0 ? null : (person.values[measure]?.[at] ?? null);
}

/** 0 or 1 for everybody in the population under the rule for missing values; null is left out. */
export function binaryOf(analysis: AnalysisDefinition, value: number | null): number | null {
  return value === null && isBinary(analysis.estimand.variable) && analysis.missing.method === 'non-response'
    ? 0
    : value;
}
