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
    'people.read': 'See people and their roles',
    'people.manage': 'Invite people, give and take roles, reset passwords',
    'accounts.log': 'Read the account log',
  },
};

export interface MatrixGroup {
  title: string;
  rows: { action: Action; words: string; roles: readonly RoleName[] }[];
}

/** Role by action as the guards of the server have it: every action of the table, also one that has no words yet. */
export function accessMatrix(): MatrixGroup[] {
  const rowOf = (action: Action, text: string) => ({ action, words: text, roles: accessTable[action] });
  const groups = Object.entries(words).map(([title, actions]) => ({
    title,
    rows: (Object.entries(actions) as [Action, string][]).map(([action, text]) => rowOf(action, text)),
  }));
  const named = new Set(groups.flatMap(({ rows }) => rows.map(({ action }) => action)));
  const rest = (Object.keys(accessTable) as Action[]).filter((action) => !named.has(action));
  const others = rest.map((action) => rowOf(action, action));
  return rest.length > 0 ? [...groups, { title: 'Other', rows: others }] : groups;
}
