import { recordsTellArms } from '../access/rules.ts';
import { userNames } from '../accounts/store.ts';
import type { Caller, Services } from '../services.ts';
import { addDays } from '../visits/days.rules.ts';
import { startOfDay } from '../visits/today.ts';
import { unscheduledDefinition, unscheduledNumber } from '../visits/unscheduled.rules.ts';
import type { AuditQuestion } from './contract.ts';
import { type AuditFilter, countUpTo, listEntries, participantEntries, type Unseen } from './store.ts';

const PERSON = 'person:';
const parsed = (json: string | null): unknown => (json === null ? null : JSON.parse(json));

const tellsArms = ['groups.*', 'sessions.*', 'fidelity.*'];
const tellsTreatment = ['events.*', 'harms.*', 'deviations.*', 'medication.*'];

/** What would tell a blinded caller the arms is left out, and what is of other sites. */
export function unseenBy({ sites, blinded, study }: Caller): Unseen {
  const codes = study.document.sites.filter((site) => sites?.has(site.id)).map((site) => site.code);
  return {
    siteCodes: sites === null ? null : codes,
    actions: blinded ? [...tellsArms, ...(recordsTellArms(study.document) ? tellsTreatment : [])] : [],
  };
}

/** Days of the study as instants. */
export function filterOf(services: Services, { from, until, ...asked }: AuditQuestion): AuditFilter {
  return {
    ...asked,
    from: from && startOfDay(services, from),
    before: until && startOfDay(services, addDays(until, 1)),
  };
}

/**
 * The trail, newest first. Arms never stand in it: an allocation's entry carries its number and hash only. Where
 * entries are kept from a blinded caller the others are numbered anew, so that a gap doesn't tell that there was one.
 */
export async function listAudit(
  services: Services,
  caller: Caller,
  { page, size, ...asked }: AuditQuestion & { page: number; size: number },
) {
  const db = services.db.read;
  const unseen = unseenBy(caller);
  const { rows, total } = await listEntries(db, caller.study.id, filterOf(services, asked), unseen, {
    page,
    size,
  });
  const number = await numbering(services, caller, unseen, rows);
  const accountOf = ({ subject }: { subject: string }) =>
    subject.startsWith(PERSON) ? subject.slice(PERSON.length) : null;
  const names = await userNames(
    db,
    rows.flatMap((row) => accountOf(row) ?? []),
  );
  return {
    total,
    rows: rows.map((row) => ({
      seq: number(row.seq),
      at: row.at,
      by: row.user_name,
      role: row.role,
      action: row.action,
      subject: row.subject,
      subjectName: names.get(accountOf(row) ?? '') ?? null,
      before: parsed(row.before),
      after: parsed(row.after),
      reason: row.reason,
      hash: row.hash,
    })),
  };
}

async function numbering(
  services: Services,
  { study }: Caller,
  unseen: Unseen,
  rows: readonly { seq: number }[],
) {
  if (unseen.actions.length === 0) return (seq: number) => seq;
  const numbers = new Map<number, number>();
  for (const { seq } of rows) numbers.set(seq, await countUpTo(services.db.read, study.id, unseen, seq));
  return (seq: number) => numbers.get(seq)!;
}

/** What happened to one participant, in words. */
export async function participantHistory(services: Services, caller: Caller, code: string) {
  const rows = await participantEntries(services.db.read, caller.study.id, code, unseenBy(caller));
  return {
    entries: rows.map((row) => ({
      at: row.at,
      by: row.user_name,
      action: row.action,
      subject: row.subject,
      summary: sentence(row.action, row.subject, caller.study),
      reason: row.reason,
    })),
  };
}

const deeds: Record<string, string> = {
  'participants.screen': 'Registered at screening',
  'participants.import': 'Registered by an import',
  'participants.eligibility': 'Eligibility recorded',
  'participants.exclude': 'Closed as not enrolled',
  'participants.correct': 'Screening answers corrected',
  'participants.complete': 'Study completed',
  'consent.record': 'Consent recorded',
  'randomisation.allocate': 'Randomised',
  'randomisation.import': 'Allocation imported',
  'randomisation.reveal': 'Arm looked at',
  'unblinding.request': 'Unblinding asked for',
  'unblinding.open': 'Unblinded in an emergency',
  'groups.join': 'Place in treatment given',
  'groups.leave': 'Place in treatment ended',
  'visits.book': 'Appointment changed',
  'forms.save': 'Form saved',
  'forms.complete': 'Form completed',
  'forms.change': 'Completed form changed',
  'forms.import': 'Form imported',
  'contacts.log': 'Contact logged',
  'events.record': 'Event recorded',
  'events.correct': 'Event corrected',
  'events.strike': 'Event struck through',
  'events.follow-up': 'Follow-up changed',
  'harms.add': 'Adverse event recorded',
  'harms.correct': 'Adverse event corrected',
  'harms.strike': 'Adverse event struck through',
  'harms.report': 'Serious adverse event reported',
  'deviations.add': 'Deviation recorded',
  'deviations.correct': 'Deviation corrected',
  'deviations.strike': 'Deviation struck through',
  'deviations.review': 'Deviation reviewed',
  'medication.add': 'Medication recorded',
  'medication.correct': 'Medication corrected',
  'medication.strike': 'Medication struck through',
  'sessions.add': 'Session recorded',
  'sessions.correct': 'Session corrected',
  'sessions.strike': 'Session struck through',
  'queries.open': 'Query opened',
  'queries.reply': 'Query answered',
  'queries.close': 'Query closed',
  'queries.reopen': 'Query reopened',
  'queries.cancel': 'Query cancelled',
  'queries.assign': 'Query given to someone',
  'queries.export': 'Queries exported',
  'double-entry.save': 'Second entry saved',
  'double-entry.complete': 'Second entry completed',
  'double-entry.adjudicate': 'Differences between two entries decided',
  'locks.freeze': 'Frozen',
  'locks.unfreeze': 'Unfrozen',
  'locks.lock': 'Locked',
  'locks.unlock': 'Unlocked',
  'signatures.sign': 'Signed',
  'verification.mark': 'Verified against the source',
  'verification.take-back': 'Source verification taken back',
  'forms.upload': 'File uploaded',
  'visits.unscheduled': 'Unscheduled visit added',
  'identity.open': 'Identity looked at',
  'identity.save': 'Identity kept',
  'identity.erase': 'Identity erased',
  'randomisation.envelope': 'Allocated from an envelope',
  'fidelity.add': 'Fidelity rating recorded',
  'fidelity.correct': 'Fidelity rating corrected',
  'fidelity.strike': 'Fidelity rating struck through',
  'alerts.open': 'Safety alert opened',
  'alerts.resolve': 'Safety alert: what was done',
};

/** “3 months, HAM-D17” for `m3/hamd17`. */
function placeInWords(place: string, { document, instruments }: Caller['study']): string {
  const [visit = '', instrument] = place.split('/');
  const number = unscheduledNumber(visit);
  const label =
    number === null
      ? document.visits.find(({ id }) => id === visit)?.label
      : unscheduledDefinition(number, []).label;
  return [label ?? visit, instrument && (instruments.get(instrument)?.short ?? instrument)]
    .filter(Boolean)
    .join(', ');
}

function sentence(action: string, subject: string, study: Caller['study']): string {
  const place = subject.includes('/') ? placeInWords(subject.slice(subject.indexOf('/') + 1), study) : '';
  return `${deeds[action] ?? action}${place && `, ${place}`}`;
}
