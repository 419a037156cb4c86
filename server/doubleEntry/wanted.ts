import { createHash } from 'node:crypto';
import type { StudyDocument } from '../studies/document.ts';

/** Of a sample, this many parts are told apart. */
const PARTS = 2 ** 32;

/**
 * Whether the protocol wants this form entered twice. A sample is drawn form by form from a digest of the
 * participant's internal ID, which nobody sees: always the same for a form, and not to be foreseen by whoever enters
 * it first.
 */
export function wantedTwice(
  { doubleEntry }: StudyDocument,
  participantId: string,
  visit: string,
  instrument: string,
): boolean {
  if (!doubleEntry) return false;
  const { instruments, visits, sample } = doubleEntry;
  if (instruments && !instruments.includes(instrument)) return false;
  if (visits && !visits.includes(visit)) return false;
  if (sample >= 1) return true;
  const digest = createHash('sha256').update(`${participantId}/${visit}/${instrument}`).digest();
  return digest.readUInt32BE(0) / PARTS < sample;
}
