import type { ParticipantStatus } from '../../server/participants/contract.ts';

/** A participant's status as people of the trial say it. */
export const statusWord: Record<ParticipantStatus, string> = {
  screening: 'In screening',
  excluded: 'Not enrolled',
  eligible: 'Eligible',
  consented: 'Consented',
  randomised: 'In follow-up',
  completed: 'Completed',
  withdrawn: 'Withdrawn',
};

/** The tone of a status tag: under way or done, in trouble, or neither. */
export const statusTone: Record<ParticipantStatus, 'ok' | 'wrn' | ''> = {
  screening: '',
  excluded: '',
  eligible: '',
  consented: '',
  randomised: 'ok',
  completed: 'ok',
  withdrawn: 'wrn',
};

/** How an attempt to reach a participant ended. */
export const contactWord = {
  reached: 'Reached',
  'not-reached': 'Not reached',
  declined: 'Declined',
  other: 'Other',
} as const;
