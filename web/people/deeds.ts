import type { AccountDeed } from '../../server/accounts/log/contract.ts';

/** What the account log holds, in words. */
export const accountDeeds: Record<AccountDeed, string> = {
  'account.made': 'Account made',
  'account.disabled': 'Account disabled',
  'account.enabled': 'Account enabled',
  'session.opened': 'Signed in',
  'session.refused': 'Sign-in failed',
  'session.closed': 'Signed out',
  'session.ended': 'Session ended',
  'identity.confirmed': 'Identity confirmed again',
  'identity.refused': 'Identity not confirmed',
  'password.changed': 'Password changed',
  'password.reset': 'Password set by another',
  'password.link-asked': 'Password link sent',
  'password.link-used': 'Password set by link',
  'factor.on': 'Second factor on',
  'factor.off': 'Second factor off',
  'factor.reset': 'Second factor reset',
  'factor.codes-made': 'Backup codes made',
  'factor.required': 'Second factor required',
  'role.granted': 'Role given',
  'role.revoked': 'Role taken away',
  'invitation.made': 'Invited',
  'invitation.sent-again': 'Invited again',
  'invitation.revoked': 'Invitation taken back',
  'invitation.accepted': 'Invitation accepted',
};
