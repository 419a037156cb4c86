import type { DeviationView } from '../../server/deviations/contract.ts';
import { deviationCategories } from '../../server/deviations/rules.ts';
import type { HarmContent } from '../../server/harms/contract.ts';
import type { MedicationContent } from '../../server/medication/contract.ts';
import type { FidelityContent, SessionContent } from '../../server/sessions/contract.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { fullDay, fullStamp } from '../time.ts';
import { partialWords } from './partialDay.ts';
import {
  actionWords,
  expectednessWords,
  outcomeWords,
  relatednessWords,
  seriousWords,
  severityWords,
} from './words.ts';

/** A field of a record and its value in words; empty where it has none. */
export type Line = readonly [label: string, value: string];

const endOf = ({ ongoing, end }: { ongoing: boolean; end: string | null }): string =>
  ongoing ? 'Ongoing' : end ? partialWords(end) : 'Not known';

export const linesOfHarm = (content: HarmContent): Line[] => [
  ['Event', content.term],
  ['Onset', partialWords(content.onset)],
  ['End', endOf(content)],
  ['Serious', content.serious.map((one) => seriousWords[one]).join('; ') || 'No'],
  ['Site became aware', content.awareAt === null ? '' : fullStamp(content.awareAt)],
  ['Severity', severityWords[content.severity] ?? ''],
  ['Related', relatednessWords[content.relatedness]],
  ['Expectedness', expectednessWords[content.expectedness]],
  ['Study treatment', actionWords[content.action]],
  ['Outcome', outcomeWords[content.outcome]],
  ['Narrative', content.narrative],
];

export const linesOfMedication = (content: MedicationContent, document?: StudyDocument): Line[] => [
  ['Drug', content.drug],
  ['Dose', content.dose === null ? '' : `${content.dose} ${content.unit}`],
  ['Frequency', content.frequency],
  ['For', content.indication],
  ['Start', content.start === null ? 'Not known' : partialWords(content.start)],
  ['End', endOf(content)],
  ['Event of the protocol', labelOf(document?.events, content.event)],
];

export const linesOfDeviation = (content: DeviationView['content'], document?: StudyDocument): Line[] => [
  ['Category', labelOf(document && deviationCategories(document), content.category)],
  ['Severity', content.severity === 'major' ? 'Major' : 'Minor'],
  ['On', fullDay(content.on)],
  ['What happened', content.description],
  ['What was done', content.action],
  ['Reviewed', content.review ? `${content.review.by}, ${fullStamp(content.review.at)}` : ''],
  ['Note of the review', content.review?.note ?? ''],
];

/** @param named therapist or group → its name */
export const linesOfSession = (
  content: SessionContent,
  named: (id: string | null) => string = (id) => id ?? '',
): Line[] => [
  ['Session', String(content.number)],
  ['On', fullDay(content.on)],
  ['Attendance', content.attendance === 'attended' ? 'Attended' : `Missed: ${content.missedReason}`],
  ['Minutes', content.minutes === null ? '' : String(content.minutes)],
  ['Therapist', named(content.therapist)],
  ['Group', named(content.group)],
];

export const linesOfFidelity = (content: FidelityContent, document?: StudyDocument): Line[] => [
  ['Rater', content.rater],
  ['Rated on', fullDay(content.on)],
  ...(document?.fidelity ?? []).map(({ id, label }): Line => [label, String(content.ratings[id] ?? '')]),
  ['Note', content.note],
];

export const linesOfEvent = (event: { on: string; until: string | null; detail: string }): Line[] => [
  ['On', fullDay(event.on)],
  ['Until', event.until === null ? '' : fullDay(event.until)],
  ['Detail', event.detail],
];

const labelOf = (list: readonly { id: string; label: string }[] | undefined, id: string | null): string =>
  id === null ? '' : (list?.find((one) => one.id === id)?.label ?? id);
