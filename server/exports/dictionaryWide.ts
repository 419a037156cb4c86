import { askedBy, type FollowUpPart } from '../events/contract.ts';
import type { Item } from '../instruments/document.ts';
import { participantStatus } from '../participants/contract.ts';
import { levelsOf } from '../studies/rules.ts';
import {
  aboutField,
  aboutItem,
  aboutScore,
  codesOf,
  type Entry,
  formStates,
  RECORD,
  subjectColumns,
} from './entry.ts';
import type { FormPlace, Layout } from './layout.ts';
import { HIDDEN, HIDDEN_IN_WORDS } from './wholeForm.ts';
import {
  canBeProrated,
  countsSessions,
  exportedEvents,
  formColumn,
  itemColumns,
  partsFor,
  scoreColumn,
} from './wide.ts';

const partLabel: Record<FollowUpPart, string> = {
  treatment: 'Treatment of the study',
  assessments: 'Visits and assessments',
  contact: 'Contact',
  records: 'Use of records and passive follow-up',
  data: 'Consent for further use of data',
};

/** The columns of the wide file, in its order. */
export function wideEntries(layout: Layout, blinded: boolean): Entry[] {
  const { document } = layout;
  const subject = subjectColumns(layout);
  const wide = (column: string, rest: Omit<Entry, 'file' | 'column'>): Entry => ({
    file: 'wide',
    column,
    ...rest,
  });
  return [
    wide('study', subject.study!),
    wide('site', subject.site!),
    wide('participant', subject.participant!),
    wide('status', {
      label: 'Where the participant is',
      type: 'code',
      codes: codesOf(participantStatus.options.map((status) => [status, status])),
      source: RECORD,
    }),
    wide('screened_on', { label: 'Day of screening', type: 'date', source: RECORD }),
    ...layout.fields.map((field) => wide(`screening.${field.id}`, aboutField(field))),
    ...document.allocation.strata.map((stratum) =>
      wide(`stratum.${stratum.id}`, {
        label: `${stratum.label} (stratification factor)`,
        type: 'code',
        codes: codesOf(levelsOf(document, stratum).map(({ id, label }) => [id, label])),
        source: 'Derived from screening',
      }),
    ),
    ...(blinded ? [] : [wide('arm', subject.arm!)]),
    wide('randomised_on', subject.randomised_on!),
    wide('withdrawn_on', { label: 'Day of the first withdrawal', type: 'date', source: RECORD }),
    wide('withdrawal_reason', {
      label: 'Reason of that withdrawal',
      type: 'code',
      codes: codesOf(document.lossReasons.map(({ id, label }) => [id, label])),
      source: RECORD,
    }),
    wide('withdrawal_asked_by', {
      label: 'Who asked for it; empty where that was not recorded',
      type: 'code',
      codes: codesOf(askedBy.options.map((one) => [one, one])),
      source: RECORD,
    }),
    ...partsFor(blinded).map((part) =>
      wide(`stopped.${part}`, {
        label: `${partLabel[part]}: the day since which it is stopped; empty where it goes on`,
        type: 'date',
        source: RECORD,
      }),
    ),
    ...(countsSessions(document, blinded)
      ? [
          wide('sessions_attended', {
            label: 'Therapy sessions attended; empty before randomisation',
            type: 'integer',
            source: RECORD,
          }),
        ]
      : []),
    ...exportedEvents(document, blinded).map((event) =>
      wide(`event.${event.id}`, { label: `${event.label}: first day`, type: 'date', source: RECORD }),
    ),
    ...layout.places.flatMap((place) => formEntries(layout, place)),
  ];
}

function formEntries({ document }: Layout, place: FormPlace): Entry[] {
  const { visit, instrument } = place;
  const at = { file: 'wide' as const, visit: visit.id, instrument: instrument.id };
  const title = `${visit.label}, ${instrument.short}`;
  return [
    {
      ...at,
      column: `${formColumn(place)}.assessed_on`,
      label: `${title}: date of assessment`,
      type: 'date',
      source: 'The form',
    },
    {
      ...at,
      column: `${formColumn(place)}.form_status`,
      label: `${title}: state of the form; empty where it was never begun`,
      type: 'code',
      codes: codesOf(formStates),
      source: RECORD,
    },
    ...place.items.flatMap((item): Entry[] => {
      const about = aboutItem(place, item);
      return itemColumns(place, item).map(({ column, label, part }) => ({
        ...at,
        column,
        item: item.id,
        source: about.source,
        ...(part === 'answer' ? about : aboutPart(document, part, item, place.branched.has(item.id))),
        label: `${title}: ${label}${part === 'missing' ? whyBlank(item) : ''}`,
      }));
    }),
    ...place.scores.flatMap((score): Entry[] => {
      const column = scoreColumn(place, score);
      const about = aboutScore(place, score);
      const value: Entry = { ...at, column, item: score.id, ...about, label: `${title}: ${about.label}` };
      if (!canBeProrated(score)) return [value];
      return [
        value,
        {
          ...at,
          column: `${column}.prorated`,
          item: score.id,
          label: `${title}: ${score.label}: whether missing items were filled in`,
          type: 'flag',
          codes: codesOf([
            [0, 'no'],
            [1, 'yes'],
          ]),
          source: 'Derived',
        },
      ];
    }),
  ];
}

const whyBlank = ({ kind }: Item): string =>
  kind === 'calculated'
    ? ': whether the form hides it. Where this and the value are both empty, it could not be calculated.'
    : ': why there is no answer. Where this and the answer are both empty, the item was left blank.';

/** What a column beside an answer holds. */
function aboutPart(
  { missing }: Layout['document'],
  part: 'chosen' | 'sha256' | 'missing',
  { kind }: Item,
  branched: boolean,
): Pick<Entry, 'type' | 'codes'> & { source?: string } {
  if (part === 'sha256') return { type: 'text' };
  if (part === 'missing')
    return {
      type: 'code',
      codes: codesOf([
        ...(kind === 'calculated' ? [] : missing).map(({ code, label }) => [code, label] as const),
        ...(branched ? [[HIDDEN, HIDDEN_IN_WORDS] as const] : []),
      ]),
      source: 'The form, by the codes of the protocol',
    };
  return {
    type: 'flag',
    codes: codesOf([
      [0, 'not chosen'],
      [1, 'chosen'],
    ]),
  };
}
