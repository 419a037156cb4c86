import type { FormSummary } from '../forms/contract.ts';
import type { ParticipantStatus } from '../participants/contract.ts';
import type { VisitDefinition } from '../studies/document.ts';
import { type VisitWindow, visitWindow } from '../studies/rules.ts';
import type { VisitState, VisitView } from './contract.ts';
import { daysBetween } from './days.rules.ts';
import { isUnscheduled } from './unscheduled.rules.ts';

/** The days that windows count from. */
export interface Anchors {
  screenedOn: string;
  randomisedOn: string | null;
}

/**
 * Which follow-up goes on after somebody leaves: `assessments` false with `from` ends the visits whose window is still
 * open on that day or opens later; a null `from` ends none. Leaving the treatment alone keeps `assessments` true.
 */
export interface FollowUp {
  assessments: boolean;
  /** The day from which it holds. */
  from: string | null;
}

/** Whether the participant's assessments have ended before a window closes. */
export function endsBefore({ assessments, from }: FollowUp, closes: string | null): boolean {
  return !assessments && from !== null && (closes === null || from <= closes);
}

/**
 * The window of a visit for somebody: from the day of randomisation, the baseline's from the day of screening. Null
 * before that day is known, and for an unscheduled visit.
 */
export function windowOf(visit: VisitDefinition, anchors: Anchors): VisitWindow | null {
  const anchor = visit.baseline ? anchors.screenedOn : anchors.randomisedOn;
  return anchor === null || isUnscheduled(visit.id) ? null : visitWindow(visit, anchor);
}

export interface VisitFacts {
  status: ParticipantStatus;
  anchors: Anchors;
  followUp: FollowUp;
  bookedFor: string | null;
  forms: Pick<FormSummary, 'status'>[];
  seenOn: string | null;
  today: string;
  /** An unscheduled visit's day and reason. */
  unplanned?: { on: string; reason: string };
}

/** A visit of one participant today: window, booking, state and progress. The one place where states are decided. */
export function viewVisit(definition: VisitDefinition, facts: VisitFacts): VisitView {
  const { unplanned } = facts;
  const window = unplanned
    ? { opens: unplanned.on, target: unplanned.on, closes: unplanned.on }
    : windowOf(definition, facts.anchors);
  const formsDone = facts.forms.filter((form) => form.status === 'complete').length;
  return {
    visit: definition.id,
    label: definition.label,
    baseline: definition.baseline,
    opens: window?.opens ?? null,
    target: window?.target ?? null,
    closes: window?.closes ?? null,
    bookedFor: facts.bookedFor,
    seenOn: facts.seenOn,
    state: stateOf(definition, window, formsDone, facts),
    formsDone,
    formsTotal: definition.instruments.length,
    unscheduled: facts.unplanned?.reason ?? null,
  };
}

function stateOf(
  definition: VisitDefinition,
  window: { opens: string; closes: string } | null,
  formsDone: number,
  facts: VisitFacts,
): VisitState {
  if (formsDone === definition.instruments.length) return 'done';
  const started = facts.forms.some((form) => form.status !== 'not-started');
  if (facts.status === 'excluded' || endsBefore(facts.followUp, window?.closes ?? null)) return 'stopped';
  if (started) return 'started';
  if (window === null || facts.today < window.opens) return 'upcoming';
  if (facts.today <= window.closes) return 'due';
  return daysBetween(window.closes, facts.today) <= definition.missedAfter ? 'overdue' : 'missed';
}

/** States in which somebody still has something to do. */
export function isOpen(state: VisitState): boolean {
  return state === 'due' || state === 'overdue' || state === 'started' || state === 'upcoming';
}

/** Whether a day of assessment needs a reason: outside the window. Without a window, no day does. */
export function outsideWindow(
  window: { opens: string | null; closes: string | null },
  day: string,
): 'before' | 'after' | null {
  if (window.opens !== null && day < window.opens) return 'before';
  if (window.closes !== null && day > window.closes) return 'after';
  return null;
}
