import type { RoleName } from '../studies/document.ts';
import { type Action, accessTable } from './table.ts';

/** Each action of the access table in plain words, in the groups and the order in which the matrix prints them. */
const words: Record<string, Partial<Record<Action, string>>> = {
  'The study': {
    'study.read': 'Read the protocol and the forms',
    'protocol.amend': 'Record protocol amendments and put them into force at sites',
    'protocol.approve': 'Record the ethics approval of a protocol version',
    'worklist.read': 'See what is due today and this week',
  },
  Participants: {
    'participants.read': 'See participants and their progress',
    'participants.screen': 'Register a person at screening',
    'participants.enrol': 'Judge eligibility and record consent',
    'visits.book': 'Book visits',
    'contacts.log': 'Log calls and letters',
    'events.record': 'Record events and treatment',
    'alerts.resolve': 'Answer safety alerts',
  },
  'Harms, deviations, treatment': {
    'harms.read': 'Read adverse events',
    'harms.record': 'Report adverse events and follow them up',
    'deviations.read': 'Read protocol deviations',
    'deviations.record': 'Record protocol deviations',
    'deviations.review': 'Review protocol deviations',
    'medication.read': 'Read other medication',
    'medication.record': 'Record other medication',
    'sessions.read': 'Read therapy sessions',
    'sessions.record': 'Record therapy sessions and who came',
    'sessions.rate': 'Rate how therapy kept to its manual',
  },
  Identities: {
    'identity.list': 'List whose identity is kept',
    'identity.read': 'Open names and contact details (coordinators only where the protocol lets them)',
    'identity.edit': 'Enter and correct names and contact details',
    'identity.find': 'Find a participant by name',
    'identity.export': 'Take out a list of contacts, with a reason',
    'identity.erase': 'Erase an identity for good',
  },
  'Allocation and unblinding': {
    'participants.randomise': 'Randomise',
    'allocation.reveal': 'Look up the arm of a participant',
    'allocation.log': 'Read the allocation log',
    'allocation.design': 'Read the allocation design and its commitment',
    'allocation.correct': 'Correct what somebody was stratified by',
    'allocation.emergency-list': 'Print sealed allocations for an emergency',
    'allocation.close': 'Reveal the secret when the study is over',
    'unblinding.open': 'Unblind a participant in an emergency',
    'unblinding.read': 'Read who was unblinded, by whom and why',
    'groups.read': 'See therapy groups and who is in them',
    'groups.plan': 'Plan therapy groups',
  },
  Data: {
    'forms.read': 'Read forms and their earlier versions',
    'forms.enter': 'Fill in and correct forms',
    'double-entry.read': 'See where two entries of a form stand',
    'double-entry.enter': 'Enter a form a second time',
    'double-entry.adjudicate': 'Decide between two entries of a form',
    'queries.read': 'Read queries',
    'queries.open': 'Open queries',
    'queries.reply': 'Answer queries',
    'queries.assign': 'Give a query to somebody',
    'queries.close': 'Close and reopen queries',
    'queries.bulk': 'Act on many queries at once',
    'imports.run': 'Import data from a file',
  },
  'Verification, signatures, locks': {
    'verification.read': 'See what is verified against the source',
    'verification.mark': 'Mark fields and forms as verified',
    'signatures.read': 'Read signatures',
    'signatures.sign': 'Sign forms and casebooks',
    'locks.read': 'See freezes, locks and what is still open',
    'locks.freeze': 'Freeze data, and lift a freeze',
    'locks.lock': 'Lock data below the study',
    'locks.lock-study': 'Lock the whole study',
    'locks.unlock': 'Lift a lock',
  },
  'Results and exports': {
    'results.read': 'Read results (pooled over arms for blinded roles)',
    'analyses.read': 'See every run of an analysis, with its results by arm',
    'analyses.run': 'Run analyses, and say which were reported',
    'reports.consort': 'Print the CONSORT report (pooled over arms for blinded roles)',
    'exports.take': 'Take data out as files',
  },
  'Monitoring board': {
    'board.open.read': 'Read open reports (pooled over arms)',
    'board.closed.read': 'Read closed reports (arms behind letters), after signing in once more',
    'board.prepare': 'Prepare snapshots for the monitoring board',
    'board.log': 'Read who opened which report',
    'board.unmask': 'Learn which letter stands for which arm',
  },
  Oversight: {
    'audit.read': 'Read the audit trail and this matrix',
    'audit.plan': 'Plan reviews of the trail',
    'audit.review': 'Review the trail',
    'people.read': 'See people and their roles',
    'people.manage': 'Invite people, give and take roles, reset passwords',
    'accounts.log': 'Read the account log',
  },
};

export interface MatrixGroup {
  title: string;
  rows: { action: Action; words: string; roles: readonly RoleName[] }[];
}

/** Role by action as the guards of the server have it. */
export function accessMatrix(): MatrixGroup[] {
  return Object.entries(words).map(([title, actions]) => ({
    title,
    rows: (Object.entries(actions) as [Action, string][]).map(([action, text]) => ({
      action,
      words: text,
      roles: accessTable[action],
    })),
  }));
}
