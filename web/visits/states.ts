import type { VisitState } from '../../server/visits/contract.ts';

/** Every state of a visit in the order in which it passes through them, as people of the trial say it. */
export const stateWords: Record<VisitState, string> = {
  upcoming: 'To come',
  due: 'Due',
  overdue: 'Overdue',
  started: 'Started',
  done: 'Done',
  missed: 'Missed',
  stopped: 'Stopped',
};

/** What each state means, in a sentence. */
export const stateMeaning: Record<VisitState, string> = {
  upcoming: 'The window is not open yet.',
  due: 'The window is open and nothing was entered.',
  overdue: 'The window has closed and nothing was entered; it can still be made up for.',
  started: 'Some forms were begun or completed, not all.',
  done: 'Every form is complete.',
  missed: 'The window closed long ago and nothing was entered.',
  stopped: 'The follow-up of the participant ended before the window closed.',
};

export const stateTone: Record<VisitState, '' | 'ok' | 'wrn' | 'dng'> = {
  upcoming: '',
  due: 'ok',
  overdue: 'dng',
  started: 'wrn',
  done: 'ok',
  missed: 'dng',
  stopped: '',
};

/** The state that an address asks for: visits that are due where it names none, null for every state. */
export function stateAsked(state: string | undefined): VisitState | null {
  if (state === 'all') return null;
  return state !== undefined && state in stateWords ? (state as VisitState) : 'due';
}
