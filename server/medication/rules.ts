import { earliestOf, surelyBefore } from '../records/partialDay.rules.ts';
import type { StudyDocument } from '../studies/document.ts';
import type { MedicationContent } from './contract.ts';

/** What doesn't fit together in a medication. @param today YYYY-MM-DD */
export function problemsOfMedication(
  document: StudyDocument,
  medication: MedicationContent,
  today: string,
): { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = [];
  const wrong = (path: string, message: string) => problems.push({ path: `content.${path}`, message });
  const { dose, unit, start, end, ongoing, event } = medication;
  if (dose !== null && unit === '') wrong('unit', 'A dose needs its unit.');
  if (dose === null && unit !== '') wrong('dose', 'A unit needs its dose.');
  if (start !== null && earliestOf(start) > today) wrong('start', 'The start is in the future.');
  if (end !== null && earliestOf(end) > today) wrong('end', 'The end is in the future.');
  if (start !== null && end !== null && surelyBefore(start, end)) wrong('end', 'It ended before it began.');
  if (ongoing && end !== null) wrong('end', 'It is ongoing, so it has no end.');
  if (event !== null && !offeredWithMedication(document).some(({ id }) => id === event))
    wrong('event', `The protocol asks for no event “${event}” with a medication.`);
  return problems;
}

/** The protocol's events that a medication can be. */
export const offeredWithMedication = ({ events }: StudyDocument) =>
  events.filter(({ offered }) => offered === 'medication');
