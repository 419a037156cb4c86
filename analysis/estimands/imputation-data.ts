import type { ImputationModel, RepeatedParticipant } from '../imputation/repeated-data.ts';
import { armsOf, type Context } from './context.ts';
import { armLevels, BASELINE, covariatesOf } from './model-rows.ts';
import type { MissingMethod, PlanVisit } from './plan.ts';
import type { Person } from './records.ts';
import { followUpVisits } from './repeated-rows.ts';

export interface ImputationData {
  model: ImputationModel;
  visits: PlanVisit[];
  participants: RepeatedParticipant[];
  people: Map<string, Person>;
  covariates: Map<string, Record<string, string | number>>;
}

/**
 * Scores of the measure at every visit after baseline, with what is to be imputed as null: what wasn't seen, and what
 * an event under the hypothetical strategy makes of no interest.
 *
 * For reference-based strategies a participant leaves their arm's course at the first visit after which nothing more
 * was seen, or at the first visit such an event affects, whichever is earlier. A gap before a later value is missing
 * at random.
 */
export function imputationData(context: Context, covariates: readonly string[]): ImputationData {
  const { analysis, plan } = context;
  const { measure } = analysis.estimand.variable;
  const visits = followUpVisits(context);
  const places = visits.map((visit) => plan.data.visits.indexOf(visit));
  const arms = new Set(armsOf(context).map((arm) => arm.id));
  const hypothetical = analysis.estimand.intercurrent
    .filter(({ strategy }) => strategy === 'hypothetical')
    .map(({ event }) => event);
  const strategy = strategyOf(analysis.missing);
  const people = new Map<string, Person>();
  const known = new Map<string, Record<string, string | number>>();
  const participants: RepeatedParticipant[] = [];
  let without = 0;
  for (const person of context.people) {
    if (!arms.has(person.arm)) continue;
    const values = covariatesOf(context, person, covariates, true);
    if (values === null) {
      without++;
      continue;
    }
    const from = Math.min(...hypothetical.map((event) => person.eventAt[event] ?? Infinity), Infinity);
    const outcome = places.map((at) => (at >= from ? null : person.values[measure]![at]!));
    const last = outcome.findLastIndex((value) => value !== null);
    const eventAt = last === outcome.length - 1 ? null : last + 1;
    people.set(person.id, person);
    known.set(person.id, values);
    participants.push({ id: person.id, arm: person.arm, values, outcome, eventAt, strategy });
  }
  if (without > 0)
    context.notes.add(`${without} left out of the imputation: no baseline or no value of a covariate.`);
  const present = new Set(participants.map(({ arm }) => arm));
  const [reference, ...others] = armLevels(context).filter((arm) => present.has(arm));
  const kinds = new Map(plan.data.covariates.map(({ id, kind }) => [id, kind]));
  const variables: Record<string, ImputationModel['variables'][string]> = {
    [BASELINE]: { kind: 'covariate' },
  };
  const kept: string[] = [];
  for (const name of covariates) {
    if (kinds.get(name) === 'number') variables[name] = { kind: 'covariate' };
    else {
      const levels = [...new Set(participants.map((p) => String(p.values[name])))].sort();
      if (levels.length < 2) continue;
      variables[name] = { kind: 'factor', levels };
    }
    kept.push(name);
  }
  const several = visits.length > 1;
  return {
    model: {
      arms: reference === undefined ? [] : [reference, ...others],
      reference: reference ?? '',
      visits: visits.map(({ id }) => id),
      variables,
      terms: [
        ['arm'],
        ...(several ? [['visit']] : []),
        [BASELINE],
        ...kept.map((name) => [name]),
        ...(several
          ? [
              ['arm', 'visit'],
              [BASELINE, 'visit'],
            ]
          : []),
      ],
    },
    visits,
    participants,
    people,
    covariates: known,
  };
}

const strategyOf = (missing: MissingMethod) =>
  missing.method === 'reference-based' ? missing.strategy : 'MAR';
