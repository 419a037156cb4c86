import { createHash } from 'node:crypto';
import type { StudyDocument } from '../studies/document.ts';

/** So many lots are told apart: 0 to LOTS − 1. */
export const LOTS = 2 ** 31;

/**
 * The lot that a form draws. It comes from a digest of the form's place with the participant's internal ID, which
 * nobody sees: always the same for a form, and not to be foreseen by whoever enters it first.
 */
export function lotOf(participantId: string, visit: string, instrument: string): number {
  return (
    createHash('sha256').update(`${participantId}/${visit}/${instrument}`).digest().readUInt32BE(0) >>> 1
  );
}

/** Whether the protocol wants this form entered twice; of a sample, where its lot is among the first. */
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
  return sample >= 1 || lotOf(participantId, visit, instrument) < sample * LOTS;
}
