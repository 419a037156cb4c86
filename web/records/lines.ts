import type { DeviationView } from '../../server/deviations/contract.ts';
import { deviationCategories } from '../../server/deviations/rules.ts';
import type { HarmContent } from '../../server/harms/contract.ts';
import type { MedicationContent } from '../../server/medication/contract.ts';
import type { FidelityContent, SessionContent } from '../../server/sessions/contract.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
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
  ongoing ? t('Ongoing') : end ? partialWords(end) : t('Not known');

export const linesOfHarm = (content: HarmContent): Line[] => [
  [t('Event'), content.term],
  [t('Onset'), partialWords(content.onset)],
  [t('End', { sense: 'day' }), endOf(content)],
  [t('Serious'), content.serious.map((one) => seriousWords[one]).join('; ') || t('No')],
  [t('Site became aware'), content.awareAt === null ? '' : fullStamp(content.awareAt)],
  [t('Severity'), severityWords[content.severity] ?? ''],
  [t('Related'), relatednessWords[content.relatedness]],
  [t('Expectedness'), expectednessWords[content.expectedness]],
  [t('Study treatment'), actionWords[content.action]],
  [t('Outcome', { sense: 'harm' }), outcomeWords[content.outcome]],
  [t('Narrative'), content.narrative],
];

export const linesOfMedication = (content: MedicationContent, document?: StudyDocument): Line[] => [
  [t('Drug'), content.drug],
  [t('Dose'), content.dose === null ? '' : `${content.dose} ${content.unit}`],
  [t('Frequency'), content.frequency],
  [t('For'), content.indication],
  [t('Start'), content.start === null ? t('Not known') : partialWords(content.start)],
  [t('End', { sense: 'day' }), endOf(content)],
  [t('Event of the protocol'), labelOf(document?.events, content.event)],
];

export const linesOfDeviation = (content: DeviationView['content'], document?: StudyDocument): Line[] => [
  [t('Category'), said(labelOf(document && deviationCategories(document), content.category))],
  [t('Severity'), content.severity === 'major' ? t('Major') : t('Minor')],
  [t('On'), fullDay(content.on)],
  [t('What happened'), content.description],
  [t('What was done'), content.action],
  [t('Reviewed'), content.review ? `${content.review.by}, ${fullStamp(content.review.at)}` : ''],
  [t('Note of the review'), content.review?.note ?? ''],
];

/** @param named therapist or group → its name */
export const linesOfSession = (
  content: SessionContent,
  named: (id: string | null) => string = (id) => id ?? '',
): Line[] => [
  [t('Session'), String(content.number)],
  [t('On'), fullDay(content.on)],
  [
    t('Attendance'),
    content.attendance === 'attended'
      ? t('Attended')
      : t('Missed: {missedReason}', { missedReason: content.missedReason }),
  ],
  [t('Minutes'), content.minutes === null ? '' : String(content.minutes)],
  [t('Therapist'), named(content.therapist)],
  [t('Group'), named(content.group)],
];

export const linesOfFidelity = (content: FidelityContent, document?: StudyDocument): Line[] => [
  [t('Rater'), content.rater],
  [t('Rated on'), fullDay(content.on)],
  ...(document?.fidelity ?? []).map(({ id, label }): Line => [label, String(content.ratings[id] ?? '')]),
  [t('Note'), content.note],
];

export const linesOfEvent = (event: { on: string; until: string | null; detail: string }): Line[] => [
  [t('On'), fullDay(event.on)],
  [t('Until'), event.until === null ? '' : fullDay(event.until)],
  [t('Detail'), event.detail],
];

const labelOf = (list: readonly { id: string; label: string }[] | undefined, id: string | null): string =>
  id === null ? '' : (list?.find((one) => one.id === id)?.label ?? id);
