import { randomBytes } from 'node:crypto';
import { countBaseline } from '../../../analysis/baseline-count.ts';
import { baselineTable } from '../../../analysis/baseline-table.ts';
import { analyse, type Dataset, flow } from '../../../analysis/index.ts';
import type { Connection } from '../../db/database.ts';
import { isRelated } from '../../harms/rules.ts';
import { covariatesOf } from '../../results/baseline.ts';
import { datasetOf } from '../../results/dataset.ts';
import { behindLetters, type Letters } from '../../results/letters.ts';
import { outcomePlan } from '../../results/plan.ts';
import { primaryOf } from '../../results/primary.ts';
import type { Caller, Services } from '../../services.ts';
import { daysBetween } from '../../visits/days.rules.ts';
import { today } from '../../visits/today.ts';
import type { ClosedPart } from '../document.ts';
import { countRow, type Placed } from './counts.ts';
import type { Shared } from './open.ts';
import { type Harm, safetyRows } from './safety.ts';
import { withdrawalRows } from './withdrawals.ts';

const LEVEL = 0.95;

/**
 * The closed part: outcomes, harms, withdrawals and intercurrent events by arm, each arm behind its letter. Who started
 * treatment is left out, because an arm without treatment would be known by it; and arms are described, not compared:
 * comparisons belong to the stopping rules of a charter.
 */
export async function closedPart(
  services: Services,
  db: Connection,
  caller: Caller,
  { harms, stopped, letters }: Shared & { letters: Letters },
): Promise<ClosedPart> {
  const { study } = caller;
  const { document } = study;
  const own = await datasetOf(services, db, study);
  const dataset = behindLetters(own, letters);
  const arms = dataset.arms.map(({ id }) => id);
  const placed: Placed = { arms, armOf: new Map(dataset.participants.map(({ id, arm }) => [id, arm])) };
  const { missing, population, measure } = primaryOf(study);
  const outcomes = document.outcomes.map((outcome) => outcomePlan(study, outcome));
  // Nobody is left out for not having started treatment, which would tell an arm without one.
  const plan = { outcomes, population: 'all-randomised' as const, contrasts: [], level: LEVEL };
  const measures = [...new Set(outcomes.map((one) => one.measure))];
  return {
    salt: randomBytes(32).toString('hex'),
    arms: arms.map((letter) => ({
      letter,
      participants: dataset.participants.filter(({ arm }) => arm === letter).length,
    })),
    visits: dataset.visits,
    level: LEVEL,
    missing,
    outcomes,
    rows: analyse(dataset, plan),
    atBaseline: Object.fromEntries(
      measures.map((one) => [one, countBaseline(dataset, one, 'all-randomised')]),
    ),
    followUp: followUpOf(dataset, { measure, missing, population, asOf: today(services) }),
    baseline: baselineTable(dataset, covariatesOf(study)),
    harms: safetyRows(harms, placed),
    seriousEvents: seriousOf(harms, dataset),
    withdrawals: withdrawalRows(stopped, placed),
    intercurrent: document.events
      .filter(({ kind }) => kind === 'intercurrent' || kind === 'death')
      .map(({ id, label }) =>
        countRow(
          label,
          placed,
          dataset.events.filter(({ event }) => event === id).map(({ participant }) => participant),
          true,
        ),
      ),
  };
}

function followUpOf(dataset: Dataset, plan: Parameters<typeof flow>[2]): ClosedPart['followUp'] {
  const { arms } = flow(dataset, { assessed: dataset.participants.length, excluded: [] }, plan);
  return dataset.visits
    .filter(({ baseline }) => !baseline)
    .map(({ id, label }) => ({
      label,
      cells: arms.map(({ visits }) => {
        const { assessed, lost, awaited } = visits.find(({ visit }) => visit === id)!;
        return { assessed, lost, awaited };
      }),
    }));
}

/** Serious adverse events one by one, by letter and then by day; without the participant. */
function seriousOf(harms: readonly Harm[], { participants }: Dataset): ClosedPart['seriousEvents'] {
  const people = new Map(participants.map((one) => [one.id, one]));
  return harms
    .flatMap(({ code, content }) => {
      const person = people.get(code);
      if (!person || content.serious.length === 0) return [];
      const { term, severity, outcome, onset } = content;
      return [
        {
          letter: person.arm,
          term,
          severity,
          related: isRelated(content),
          outcome: outcome.replaceAll('-', ' '),
          day: onset.length === 10 ? daysBetween(person.randomisedOn, onset) : null,
        },
      ];
    })
    .sort((a, b) => (a.letter < b.letter ? -1 : a.letter > b.letter ? 1 : (a.day ?? 0) - (b.day ?? 0)));
}
