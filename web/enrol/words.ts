import type { StudyDocument } from '../../server/studies/document.ts';
import { t } from '../language/t.ts';
import { listed } from '../parts/naming.ts';
import { roleLabel } from '../session.ts';
import { clock, fullDay, localDay } from '../time.ts';

/** Days within a sentence of the server, as people read them. */
export const withDays = (text: string): string =>
  text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => fullDay(day));

/** "7c1e…a90f": enough of a hash to compare by eye. */
export const shortHash = (hash: string): string => `${hash.slice(0, 4)}…${hash.slice(-4)}`;

/** "Visit windows at 3 months and 12 months are set from today." */
export function windowsSet(document: StudyDocument): string {
  const later = document.visits.filter(({ baseline }) => !baseline).map(({ label }) => label);
  if (later.length === 0) return '';
  return t('{what} at {listed} {what2} set from today.', {
    what: later.length === 1 ? t('The visit window') : t('Visit windows'),
    listed: listed(later),
    what2: later.length === 1 ? 'is' : 'are',
  });
}

/** "Assessors are not told the arm." */
export function notTold(document: StudyDocument): string {
  const roles = document.masking.blinded.map((role, index) => {
    const plural = `${roleLabel[role]}s`;
    return index === 0 ? plural : plural.toLowerCase();
  });
  return roles.length === 0
    ? t('No role is masked in this study.')
    : t('{listed} are not told the arm.', { listed: listed(roles) });
}

/** Why a person was not enrolled, in the protocol's words. */
export function exclusionWords(document: StudyDocument, reason: string | null): string {
  if (reason === null || reason === 'eligibility') return t('Did not meet the criteria');
  return document.screening.exclusionReasons.find(({ id }) => id === reason)?.label ?? reason;
}

/** "24 Nov 2026, 14:02:31", where the reader is: a draw is stated to the second. */
export function exactStamp(instant: string): string {
  const seconds = String(new Date(instant).getSeconds()).padStart(2, '0');
  return `${fullDay(localDay(instant))}, ${clock(instant)}:${seconds}`;
}
