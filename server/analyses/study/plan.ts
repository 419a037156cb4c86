import type { Design } from '../../../randomisation/index.ts';
import type { EstimandDefinition, OutcomeDefinition, StudyDocument } from '../../studies/document.ts';
import { nominalDay } from '../../studies/rules.ts';
import type { Study } from '../../studies/study.ts';
import { type Choice, covariatesOf, isPerPlan, whole } from '../estimand.rules.ts';
import type { PlanDocument } from '../plan.ts';

export type PlannedAnalysis = PlanDocument['analyses'][number];
/** How the study was allocated. */
export interface Replayable {
  /** In their order, each with the number of the first allocation that it was in force for. */
  designs: { from: number; design: Design }[];
  /** Numbers of the allocations that came from outside of them. */
  fixed: ReadonlySet<number>;
}
/** How the study was allocated, or why that can’t be played again. */
export type Replay = Replayable | { reason: string };

/** The column that says who was allocated from outside. */
export const FIXED = 'allocated_outside';

/** The factors of every design. */
export const factorsOf = ({ designs }: Replayable): string[] => [
  ...new Set(designs.flatMap(({ design }) => design.factors.map(({ id }) => id))),
];

/** Confidence level of a study’s analyses. */
const LEVEL = 0.95;

/**
 * The analysis plan of a study’s document, over the table of `tableOf`: the same plan that `equipoise analyse` runs.
 *
 * @param analyses estimands of the document, or a choice under a name of its own
 */
export function planOfStudy(
  study: Pick<Study, 'document' | 'instruments'> & Partial<Pick<Study, 'syntheticNote'>>,
  analyses: readonly EstimandDefinition[],
  replay: Replay,
): PlanDocument {
  const { document } = study;
  const { outcomes, visits, arms, events } = document;
  const used = outcomes.filter(
    (one, i) => outcomes.findIndex((other) => measureOf(other) === measureOf(one)) === i,
  );
  return {
    equipoise: 'plan/1',
    id: document.id,
    title: `${document.short}: planned analyses`,
    ...(study.syntheticNote && { synthetic: study.syntheticNote }),
    level: LEVEL,
    data: {
      format: 'wide',
      subject: 'participant',
      arm: 'arm',
      keep: {},
      missing: [''],
      randomised: 'randomised_on',
      visits: visits.map(({ id, label, baseline, target }) => ({
        id,
        label,
        baseline,
        day: baseline ? 0 : nominalDay(target),
      })),
      measures: used.map((outcome) => ({
        id: measureOf(outcome),
        label: measureLabel(study, outcome),
        better: betterOf(study, outcome),
        columns: Object.fromEntries(
          visits
            .filter((visit) => visit.instruments.includes(outcome.instrument))
            .map((visit) => [visit.id, scoreColumn(visit.id, outcome)]),
        ),
        where: {},
      })),
      covariates: covariatesOf(document),
      events: eventsOf({ events }).map(({ id, label }) => ({
        id,
        label,
        column: `event.${id}`,
        kind: 'day' as const,
      })),
      ...('designs' in replay
        ? {
            allocation: {
              order: 'allocation',
              factors: Object.fromEntries(factorsOf(replay).map((id) => [id, `allocation.${id}`])),
              design: replay.designs[0]!.design as never,
              later: replay.designs.slice(1) as never,
              ...(replay.fixed.size > 0 && { fixed: FIXED }),
            },
          }
        : { unreplayable: replay.reason }),
    },
    arms: arms.map(({ id, short, reference }) => ({ id, label: short, reference })),
    populations: [
      { id: 'all-randomised', label: 'All randomised', filled: [], empty: [] },
      ...(events.some(({ kind }) => kind === 'treatment-start')
        ? [
            {
              id: 'started-treatment',
              label: 'Those who started treatment',
              filled: ['started_treatment'],
              empty: [],
            },
          ]
        : []),
    ],
    analyses: analyses.map((estimand) => analysisOf(document, estimand)),
  };
}

/** One analysis as a plan has it. */
export function analysisOf(document: StudyDocument, estimand: EstimandDefinition): PlannedAnalysis {
  const outcome = document.outcomes.find(({ id }) => id === estimand.outcome);
  if (!outcome) throw new RangeError(`The study has no outcome ${estimand.outcome}.`);
  const { treatments, population, visits, intercurrent, summary, estimator, missing, adjust } = whole(
    estimand,
    outcome.kind,
  );
  return {
    id: estimand.id,
    label: estimand.label,
    role: estimand.role,
    prespecified: isPerPlan(estimand),
    estimand: { treatments, population, variable: variableOf(outcome), visits, intercurrent, summary },
    estimator,
    missing,
    adjust,
  };
}

/** A choice outside the plan, under a name that says so. */
export const exploratory = (choice: Choice, label: string): EstimandDefinition => ({
  id: 'exploratory',
  label,
  role: 'exploratory',
  ...choice,
});

function variableOf(outcome: OutcomeDefinition): PlannedAnalysis['estimand']['variable'] {
  const measure = measureOf(outcome);
  switch (outcome.kind) {
    case 'response':
      return { kind: 'response', measure, fall: outcome.fall };
    case 'threshold': {
      const { atMost, atLeast } = outcome;
      return {
        kind: 'threshold',
        measure,
        ...(atMost === undefined ? {} : { atMost }),
        ...(atLeast === undefined ? {} : { atLeast }),
      };
    }
    case 'change':
      return { kind: 'change', measure };
  }
}

export const measureOf = ({ instrument, score }: Pick<OutcomeDefinition, 'instrument' | 'score'>): string =>
  `${instrument}-${score}`;

export const scoreColumn = (
  visit: string,
  { instrument, score }: Pick<OutcomeDefinition, 'instrument' | 'score'>,
): string => `${visit}.${instrument}.${score}`;

/** Events that may come between treatment and outcome. */
export const eventsOf = ({ events }: Pick<StudyDocument, 'events'>) =>
  events.filter(({ kind }) => kind === 'intercurrent' || kind === 'withdrawal' || kind === 'death');

function measureLabel({ instruments }: Pick<Study, 'instruments'>, outcome: OutcomeDefinition): string {
  const instrument = instruments.get(outcome.instrument);
  const short = instrument?.short ?? outcome.instrument;
  if (outcome.score === 'total' || (instrument?.scores.length ?? 0) < 2) return short;
  return `${short}, ${instrument?.scores.find(({ id }) => id === outcome.score)?.label ?? outcome.score}`;
}

const betterOf = ({ instruments }: Pick<Study, 'instruments'>, { instrument, score }: OutcomeDefinition) =>
  instruments.get(instrument)?.scores.find(({ id }) => id === score)?.better ?? 'lower';
