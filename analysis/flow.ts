import { closingDay } from './closing.ts';
import type { Dataset, DatasetArm, DatasetEvent, DatasetParticipant, DatasetVisit } from './dataset.ts';
import { dayNumber } from './day.ts';
import type { MissingRule, Plan } from './plan.ts';
import { indexScores, type Scores } from './scores.ts';
import { validateDataset } from './validate.ts';

export interface ReasonCount {
  label: string;
  count: number;
}

/** What happened before randomisation; it has no arm. */
export interface ScreeningCounts {
  /** Assessed for eligibility, those randomised included. */
  assessed: number;
  excluded: ReasonCount[];
}

export interface FlowPlan {
  /** Who the primary analysis is of, and what it does with a missing score. */
  population: Plan['population'];
  missing: MissingRule;
  /** The score that makes a participant assessed at a visit; any score where absent. */
  measure?: string;
  /** The visit of the primary analysis; the last one where absent. */
  visit?: string;
  /** YYYY-MM-DD: a visit whose window closes later than this isn't missed yet. */
  asOf: string;
}

/** Participants of one arm at one visit: assessed + lost + awaited = allocated. */
export interface FlowVisit {
  visit: string;
  label: string;
  assessed: number;
  lost: number;
  /** Of those lost; every arm lists the same reasons in the same order, zero counts too. */
  reasons: ReasonCount[];
  /** Not assessed, and the window is still open or to come. */
  awaited: number;
}

export interface FlowArm {
  arm: string;
  label: string;
  allocated: number;
  received: number;
  neverStarted: number;
  visits: FlowVisit[];
  /** In the primary analysis. */
  analysed: number;
  notAnalysed: number;
  /** With the primary score observed. */
  complete: number;
}

/** The counts of a CONSORT flow diagram. */
export interface Flow {
  asOf: string;
  assessed: number;
  excluded: number;
  excludedReasons: ReasonCount[];
  /** Neither excluded nor randomised yet. */
  awaiting: number;
  randomised: number;
  arms: FlowArm[];
}

export const NO_REASON = 'No reason recorded';
export const SEEN_LATER = 'Missed, seen later';

/**
 * Participant flow as CONSORT 2025 asks for it: assessed, excluded by reason, randomised, and per arm allocated,
 * treated, assessed and lost at each visit with reasons, analysed.
 *
 * A loss takes its reason from the participant's first withdrawal or death on record before the *next* visit fell
 * due (for the last visit: at any time). A withdrawal after that can't be why this visit was missed; such a visit is
 * counted as missed and seen later, or as having no reason recorded.
 *
 * Source: Hopewell S et al. CONSORT 2025 statement. BMJ 2025;389:e081123, item 22.
 *
 * @throws DatasetError for data that repeat or contradict themselves
 */
export function flow(dataset: Dataset, screening: ScreeningCounts, plan: FlowPlan): Flow {
  validateDataset(dataset);
  const followUp = dataset.visits.filter((visit) => !visit.baseline);
  const context: Context = {
    plan,
    followUp,
    scores: indexScores(dataset),
    seen: new Set(dataset.scores.map(({ participant, visit }) => JSON.stringify([participant, visit]))),
    departures: departuresOf(dataset.events),
    today: dayNumber(plan.asOf),
  };
  const arms = dataset.arms.map((arm) =>
    armFlow(
      context,
      arm,
      dataset.participants.filter((participant) => participant.arm === arm.id),
    ),
  );
  const excluded = screening.excluded.reduce((sum, reason) => sum + reason.count, 0);
  const randomised = dataset.participants.length;
  return {
    asOf: plan.asOf,
    assessed: screening.assessed,
    excluded,
    excludedReasons: screening.excluded,
    awaiting: Math.max(0, screening.assessed - excluded - randomised),
    randomised,
    arms: shareReasons(arms),
  };
}

interface Context {
  plan: FlowPlan;
  followUp: DatasetVisit[];
  scores: Scores;
  seen: Set<string>;
  departures: Map<string, DatasetEvent>;
  today: number;
}

function armFlow(context: Context, arm: DatasetArm, people: DatasetParticipant[]): FlowArm {
  const { plan, followUp } = context;
  const received = people.filter((person) => person.startedTreatment).length;
  const population =
    plan.population === 'all-randomised' ? people : people.filter((person) => person.startedTreatment);
  const primary = plan.visit ?? followUp.at(-1)?.id;
  const complete =
    primary === undefined ? 0 : population.filter(({ id }) => assessed(context, id, primary)).length;
  const analysed = plan.missing === 'non-response' ? population.length : complete;
  return {
    arm: arm.id,
    label: arm.label,
    allocated: people.length,
    received,
    neverStarted: people.length - received,
    visits: followUp.map((visit) => visitFlow(context, visit, people)),
    analysed,
    notAnalysed: people.length - analysed,
    complete,
  };
}

function visitFlow(context: Context, visit: DatasetVisit, people: DatasetParticipant[]): FlowVisit {
  const absent = people.filter((person) => !assessed(context, person.id, visit.id));
  const lost = absent.filter((person) => closingDay(person, visit) < context.today);
  const reasons = new Map<string, number>();
  for (const person of lost) {
    const reason = lossReason(context, visit, person);
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return {
    visit: visit.id,
    label: visit.label,
    assessed: people.length - absent.length,
    lost: lost.length,
    reasons: [...reasons].map(([label, count]) => ({ label, count })),
    awaited: absent.length - lost.length,
  };
}

function assessed({ plan, scores, seen }: Context, participant: string, visit: string): boolean {
  if (plan.measure !== undefined) return scores.at(participant, visit, plan.measure) !== undefined;
  return seen.has(JSON.stringify([participant, visit]));
}

function lossReason(context: Context, visit: DatasetVisit, person: DatasetParticipant): string {
  const later = context.followUp.slice(context.followUp.indexOf(visit) + 1);
  const departure = context.departures.get(person.id);
  const next = later[0];
  if (departure) {
    const day = dayNumber(departure.on) - dayNumber(person.randomisedOn);
    if (next === undefined || day < next.day) {
      return departure.detail || (departure.kind === 'death' ? 'Died' : NO_REASON);
    }
  }
  return later.some(({ id }) => assessed(context, person.id, id)) ? SEEN_LATER : NO_REASON;
}

/** Each participant's first withdrawal or death. */
function departuresOf(events: readonly DatasetEvent[]): Map<string, DatasetEvent> {
  const departures = new Map<string, DatasetEvent>();
  for (const event of events) {
    if (event.kind !== 'withdrawal' && event.kind !== 'death') continue;
    const known = departures.get(event.participant);
    if (!known || event.on < known.on) departures.set(event.participant, event);
  }
  return departures;
}

/** Gives every arm and visit the same list of reasons, commonest first, so that a zero is seen to be one. */
function shareReasons(arms: FlowArm[]): FlowArm[] {
  const totals = new Map<string, number>();
  for (const { label, count } of arms.flatMap((arm) => arm.visits.flatMap((visit) => visit.reasons))) {
    totals.set(label, (totals.get(label) ?? 0) + count);
  }
  const last = (label: string) => (label === NO_REASON ? 2 : label === SEEN_LATER ? 1 : 0);
  const labels = [...totals.keys()].sort(
    (a, b) => last(a) - last(b) || totals.get(b)! - totals.get(a)! || (a < b ? -1 : 1),
  );
  return arms.map((arm) => ({
    ...arm,
    visits: arm.visits.map((visit) => ({
      ...visit,
      reasons: labels.map((label) => ({
        label,
        count: visit.reasons.find((reason) => reason.label === label)?.count ?? 0,
      })),
    })),
  }));
}
