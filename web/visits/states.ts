import type { VisitState } from '../../server/visits/contract.ts';
import { t } from '../language/t.ts';

/** Every state of a visit in the order in which it passes through them, as people of the trial say it. */
export const stateWords: Record<VisitState, string> = {
  upcoming: t('To come'),
  due: t('Due'),
  overdue: t('Overdue'),
  started: t('Started'),
  done: t('Done'),
  missed: t('Missed'),
  stopped: t('Stopped'),
};

/** What each state means, in a sentence. */
export const stateMeaning: Record<VisitState, string> = {
  upcoming: t('The window is not open yet.'),
  due: t('The window is open and nothing was entered.'),
  overdue: t('The window has closed and nothing was entered; it can still be made up for.'),
  started: t('Some forms were begun or completed, not all.'),
  done: t('Every form is complete.'),
  missed: t('The window closed long ago and nothing was entered.'),
  stopped: t('The follow-up of the participant ended before the window closed.'),
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
