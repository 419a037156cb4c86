import type { RoleName } from '../studies/document.ts';

/**
 * Who may do what. The guards of the server, the pages that the browser offers and the printed access
 * matrix all come from this one table; an action that isn't here doesn't exist.
 *
 * A role's right holds at the sites of its membership only (one site, or all of the study's).
 */
export const accessTable = {
  'study.read': [
    'owner',
    'coordinator',
    'assessor',
    'investigator',
    'statistician',
    'data-manager',
    'monitor',
    'identity-custodian',
    'monitoring-board',
  ],
  'protocol.amend': ['owner'],
  'protocol.approve': ['owner', 'coordinator', 'investigator'],
  'worklist.read': ['coordinator', 'assessor', 'data-manager'],
  'participants.read': ['coordinator', 'assessor', 'investigator', 'data-manager', 'monitor'],
  'participants.screen': ['coordinator'],
  'participants.enrol': ['coordinator', 'investigator'],
  'participants.randomise': ['coordinator'],
  'allocation.reveal': ['coordinator', 'investigator', 'data-manager'],
  'allocation.log': ['statistician', 'data-manager', 'monitor'],
  'allocation.design': ['owner', 'coordinator', 'investigator', 'statistician', 'data-manager', 'monitor'],
  'allocation.correct': ['coordinator', 'data-manager'],
  'allocation.emergency-list': ['data-manager', 'statistician'],
  'allocation.close': ['owner'],
  'unblinding.open': ['coordinator', 'investigator'],
  'unblinding.read': ['owner', 'investigator', 'data-manager', 'monitor'],
  'groups.read': ['coordinator', 'investigator', 'data-manager'],
  'groups.plan': ['coordinator'],
  'visits.book': ['coordinator', 'assessor'],
  'contacts.log': ['coordinator', 'assessor'],
  'forms.read': ['coordinator', 'assessor', 'investigator', 'data-manager', 'monitor'],
  'forms.enter': ['coordinator', 'assessor'],
  'alerts.resolve': ['coordinator', 'assessor', 'investigator'],
  'events.record': ['coordinator', 'investigator'],
  /**
   * Assessors hear of harms at visits. Where nobody who records knows arms, what they write can't unmask anyone, and
   * assessors record and read; where some do, it is kept from the blinded (`recordsTellArms`), and they tell the site.
   */
  'harms.read': ['coordinator', 'assessor', 'investigator', 'data-manager', 'monitor'],
  'harms.record': ['coordinator', 'assessor', 'investigator'],
  'deviations.read': ['coordinator', 'investigator', 'data-manager', 'monitor'],
  'deviations.record': ['coordinator', 'investigator', 'data-manager', 'monitor'],
  'deviations.review': ['investigator', 'monitor'],
  'medication.read': ['coordinator', 'investigator', 'data-manager', 'monitor'],
  'medication.record': ['coordinator', 'investigator'],
  'sessions.read': ['coordinator', 'investigator', 'data-manager'],
  'sessions.record': ['coordinator'],
  'sessions.rate': ['coordinator', 'investigator'],
  'queries.read': ['coordinator', 'assessor', 'investigator', 'data-manager', 'monitor'],
  'queries.open': ['data-manager', 'monitor'],
  'queries.reply': ['coordinator', 'assessor', 'investigator', 'data-manager', 'monitor'],
  'queries.assign': ['coordinator', 'data-manager', 'monitor'],
  'queries.close': ['data-manager', 'monitor'],
  'queries.bulk': ['data-manager'],
  'double-entry.read': ['coordinator', 'assessor', 'data-manager', 'monitor'],
  'double-entry.enter': ['coordinator', 'assessor'],
  'double-entry.adjudicate': ['data-manager', 'investigator'],
  'locks.read': ['owner', 'data-manager', 'monitor'],
  'locks.freeze': ['data-manager'],
  'locks.lock': ['owner', 'data-manager'],
  'locks.lock-study': ['owner'],
  'locks.unlock': ['owner'],
  'signatures.sign': ['investigator'],
  'signatures.read': ['owner', 'investigator', 'data-manager', 'monitor'],
  'verification.read': ['data-manager', 'monitor'],
  'verification.mark': ['monitor'],
  'results.read': [
    'owner',
    'investigator',
    'statistician',
    'data-manager',
    'monitor',
    'coordinator',
    'assessor',
  ],
  'analyses.read': ['statistician'],
  'analyses.run': ['statistician'],
  'reports.consort': ['owner', 'investigator', 'statistician', 'data-manager', 'monitor'],
  /** Open reports are pooled over the arms, whoever reads them. */
  'board.open.read': ['owner', 'investigator', 'statistician', 'data-manager', 'monitor', 'monitoring-board'],
  /** Closed reports are by masked letter, behind a sign-in step of their own; never for a blinded role. */
  'board.closed.read': ['monitoring-board', 'statistician'],
  'board.prepare': ['statistician'],
  'board.log': ['owner', 'monitoring-board'],
  'board.unmask': ['monitoring-board'],
  'exports.take': ['statistician', 'data-manager', 'investigator'],
  'imports.run': ['data-manager'],
  'audit.read': ['owner', 'data-manager', 'monitor'],
  'audit.plan': ['owner', 'data-manager'],
  'audit.review': ['data-manager', 'monitor'],
  'identity.list': ['identity-custodian'],
  /** A coordinator only where the study's document lets coordinators. */
  'identity.read': ['identity-custodian', 'coordinator'],
  'identity.edit': ['identity-custodian'],
  'identity.find': ['identity-custodian'],
  'identity.export': ['identity-custodian'],
  'identity.erase': ['identity-custodian'],
  'people.read': ['owner'],
  'people.manage': ['owner'],
  'accounts.log': ['owner'],
} as const satisfies Record<string, readonly RoleName[]>;

export type Action = keyof typeof accessTable;

/** Whether any of the roles may do the action. */
export function allows(action: Action, roles: readonly RoleName[]): boolean {
  return roles.some((role) => (accessTable[action] as readonly RoleName[]).includes(role));
}
