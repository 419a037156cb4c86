import type { FormSummary } from '../../../server/forms/contract.ts';
import { smallInitial } from '../../../server/language/initial.rules.ts';
import type { VisitView } from '../../../server/visits/contract.ts';
import { language } from '../../language/language.ts';
import type { ParticipantView } from './types.ts';

const open = new Set<VisitView['state']>(['due', 'overdue', 'started']);

/** The visit to work on: the first that is open, otherwise the first that is still to come. */
export function nextVisitOf({ visits }: ParticipantView): VisitView | undefined {
  return visits.find(({ state }) => open.has(state)) ?? visits.find(({ state }) => state === 'upcoming');
}

/** The form of a visit to go on with: one that was begun, otherwise the first that was not. */
export function nextFormOf({ forms }: ParticipantView, visit: string): FormSummary | undefined {
  const those = forms.filter((form) => form.visit === visit && form.status !== 'complete');
  return those.find(({ status }) => status === 'started') ?? those[0];
}

/** "3-month" for "3 months", so that a button reads "Enter 3-month forms"; other labels as they are, in lower case. */
export function visitAdjective(label: string): string {
  if (language !== 'en') return smallInitial(label);
  const parts = /^([\d.]+) (month|week|day|year)s?$/i.exec(label);
  return parts ? `${parts[1]}-${parts[2]?.toLowerCase()}` : smallInitial(label);
}
