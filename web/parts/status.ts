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

/** How an attempt to reach a participant ended. */
export const contactWord = {
  reached: 'Reached',
  'not-reached': 'Not reached',
  declined: 'Declined',
  other: 'Other',
} as const;
