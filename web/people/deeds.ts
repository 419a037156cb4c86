import type { AccountDeed } from '../../server/accounts/log/contract.ts';
import { t } from '../language/t.ts';

/** What the account log holds, in words. */
export const accountDeeds: Record<AccountDeed, string> = {
  'account.made': t('Account made'),
  'account.disabled': t('Account disabled'),
  'account.enabled': t('Account enabled'),
  'session.opened': t('Signed in'),
  'session.refused': t('Sign-in failed'),
  'session.closed': t('Signed out'),
  'session.ended': t('Session ended'),
  'language.chosen': t('Language chosen'),
  'identity.confirmed': t('Identity confirmed again'),
  'identity.refused': t('Identity not confirmed'),
  'password.changed': t('Password changed'),
  'password.reset': t('Password set by another'),
  'password.link-asked': t('Password link sent'),
  'password.link-used': t('Password set by link'),
  'factor.on': t('Second factor on'),
  'factor.off': t('Second factor off'),
  'factor.reset': t('Second factor reset'),
  'factor.codes-made': t('Backup codes made'),
  'factor.required': t('Second factor required'),
  'role.granted': t('Role given'),
  'role.revoked': t('Role taken away'),
  'invitation.made': t('Invited'),
  'invitation.sent-again': t('Invited again'),
  'invitation.revoked': t('Invitation taken back'),
  'invitation.accepted': t('Invitation accepted'),
};
