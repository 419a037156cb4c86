import { meanInterval } from './continuous/mean-interval.ts';
import type { Dataset, DatasetArm, DatasetParticipant, DatasetVisit } from './dataset.ts';
import type { MissingRule, OutcomePlan, Plan, ResultRow } from './plan.ts';
import { newcombeInterval, type Proportion } from './proportions/newcombe.ts';
import { wilsonInterval } from './proportions/wilson.ts';
import { type BinaryOutcome, responded } from './response.ts';
import { indexScores, type Scores } from './scores.ts';
import { validateDataset, validatePlan } from './validate.ts';

interface Study {
  dataset: Dataset;
  plan: Plan;
  scores: Scores;
  members: Map<string, DatasetParticipant[]>;
}

const RULES: MissingRule[] = ['observed', 'non-response'];

/**
 * Every estimate of a plan, as rows: for each outcome and each visit after baseline
 *
 * - a response or threshold outcome gives each arm's proportion with Wilson's interval and each contrast's risk
 *   difference with Newcombe's, both under two rules for missing scores: `observed` leaves those out whose response
 *   can't be told; `non-response` counts them as non-responders among everybody in the population;
 * - a change outcome gives each arm's mean change from baseline with Student's t interval, of those with both scores.
 *
 * A visit at which nobody has a score yet gives no numbers under either rule: a future visit isn't 0% response.
 *
 * @returns rows in the plan's order of outcomes, then visits in time, then arms and contrasts; no number in them is
 * ever NaN or infinite
 * @throws DatasetError for data that repeat or contradict themselves, or a plan that these arms can't meet
 */
export function analyse(dataset: Dataset, plan: Plan): ResultRow[] {
  validateDataset(dataset);
  validatePlan(plan, dataset);
  const population = dataset.participants.filter(
    (participant) => plan.population === 'all-randomised' || participant.startedTreatment,
  );
  const members = new Map<string, DatasetParticipant[]>(dataset.arms.map((arm) => [arm.id, []]));
  for (const participant of population) members.get(participant.arm)?.push(participant);
  const study: Study = { dataset, plan, scores: indexScores(dataset), members };
  const visits = dataset.visits.filter((visit) => !visit.baseline);
  return plan.outcomes.flatMap((outcome) =>
    visits.flatMap((visit) =>
      outcome.kind === 'change' ? changes(study, outcome, visit) : proportions(study, outcome, visit),
    ),
  );
}

interface Counted {
  arm: DatasetArm;
  /** Null: a visit that nobody has reached, where counting everyone as a non-responder would be false. */
  count: Proportion | null;
  reason: string | null;
}

function proportions(study: Study, outcome: BinaryOutcome, visit: DatasetVisit): ResultRow[] {
  const { dataset, plan } = study;
  const contrasts = dataset.arms.length < 2 ? [] : plan.contrasts;
  return RULES.flatMap((missing) => {
    const counted = new Map(
      dataset.arms.map((arm) => [arm.id, countResponse(study, outcome, visit, arm, missing)]),
    );
    const arms = [...counted.values()].map(({ arm, count, reason }) => ({
      ...blank(study, outcome, visit, 'proportion', missing),
      arm: arm.id,
      numerator: count?.successes ?? null,
      denominator: count?.total ?? null,
      ...(count === null ? null : wilsonInterval(count.successes, count.total, plan.level)),
      method: 'wilson',
      reason,
    }));
    const differences = contrasts.map(([first, second]) => {
      const one = counted.get(first)!;
      const two = counted.get(second)!;
      const interval = one.count && two.count && newcombeInterval(one.count, two.count, plan.level);
      return {
        ...blank(study, outcome, visit, 'risk-difference', missing),
        arm: first,
        versus: second,
        ...interval,
        method: 'newcombe-10',
        reason: one.reason ?? two.reason,
      };
    });
    return [...arms, ...differences];
  });
}

function countResponse(
  { scores, members }: Study,
  outcome: BinaryOutcome,
  visit: DatasetVisit,
  arm: DatasetArm,
  missing: MissingRule,
): Counted {
  const people = members.get(arm.id) ?? [];
  const reached = scores.any(visit.id, outcome.measure);
  const told = people.map((person) =>
    responded(
      outcome,
      scores.baseline(person.id, outcome.measure),
      scores.at(person.id, visit.id, outcome.measure),
    ),
  );
  const successes = told.filter((answer) => answer === true).length;
  const observed = told.filter((answer) => answer !== null).length;
  const total = missing === 'observed' ? observed : people.length;
  if (people.length > 0 && !reached) {
    const count = missing === 'observed' ? { successes, total } : null;
    return { arm, count, reason: `Nobody has a score at ${visit.label} yet.` };
  }
  if (total > 0) return { arm, count: { successes, total }, reason: null };
  const scored = people.some((person) => scores.at(person.id, visit.id, outcome.measure) !== undefined);
  const reason = scored
    ? `Nobody in ${arm.label} with a score at ${visit.label} has a baseline above zero to compare it with.`
    : people.length > 0
      ? `Nobody in ${arm.label} has a score at ${visit.label}.`
      : `Nobody in ${arm.label} is in this population yet.`;
  return { arm, count: { successes, total }, reason };
}

function changes(study: Study, outcome: OutcomePlan, visit: DatasetVisit): ResultRow[] {
  const { dataset, plan, scores, members } = study;
  return dataset.arms.map((arm) => {
    const people = members.get(arm.id) ?? [];
    const differences = people.flatMap(({ id }) => {
      const before = scores.baseline(id, outcome.measure);
      const after = scores.at(id, visit.id, outcome.measure);
      return before === undefined || after === undefined ? [] : [after - before];
    });
    const result = meanInterval(differences, plan.level);
    return {
      ...blank(study, outcome, visit, 'mean-change', 'observed'),
      arm: arm.id,
      denominator: differences.length,
      estimate: result?.estimate ?? null,
      lower: result?.lower ?? null,
      upper: result?.upper ?? null,
      method: 't',
      reason: noInterval(differences.length, people.length, arm, visit),
    };
  });
}

function noInterval(n: number, people: number, arm: DatasetArm, visit: DatasetVisit): string | null {
  if (people === 0) return `Nobody in ${arm.label} is in this population yet.`;
  if (n === 0) return `Nobody in ${arm.label} has a score both at baseline and at ${visit.label}.`;
  if (n === 1) return `One participant in ${arm.label}: an interval needs two.`;
  return null;
}

function blank(
  { plan }: Study,
  outcome: OutcomePlan,
  visit: DatasetVisit,
  measure: ResultRow['measure'],
  missing: MissingRule,
): ResultRow {
  return {
    outcome: outcome.id,
    visit: visit.id,
    measure,
    missing,
    arm: null,
    versus: null,
    numerator: null,
    denominator: null,
    estimate: null,
    lower: null,
    upper: null,
    level: plan.level,
    method: '',
    reason: null,
  };
}
