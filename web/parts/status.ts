import type { ParticipantStatus } from '../../server/participants/contract.ts';
import { t } from '../language/t.ts';

/** A participant's status as people of the trial say it. */
export const statusWord: Record<ParticipantStatus, string> = {
  screening: t('In screening'),
  excluded: t('Not enrolled'),
  eligible: t('Eligible'),
  consented: t('Consented'),
  randomised: t('In follow-up'),
  completed: t('Completed'),
  withdrawn: t('Withdrawn'),
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
  reached: t('Reached'),
  'not-reached': t('Not reached'),
  declined: t('Declined'),
  other: t('Other'),
} as const;
