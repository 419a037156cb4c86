import type { Item, Score } from '../instruments/document.ts';
import type { ScreeningField } from '../studies/document.ts';
import { levelsOf } from '../studies/rules.ts';
import { cell, line, textCell } from './cells.ts';
import type { FormPlace, Layout } from './layout.ts';
import { longColumns, NOT_COMPLETE, NOT_COMPUTED } from './long.ts';
import { canBeProrated, exportedEvents, formColumn, itemColumn, scoreColumn } from './wide.ts';

interface Entry {
  file: 'long' | 'wide';
  column: string;
  label: string;
  type: 'text' | 'identifier' | 'code' | 'number' | 'integer' | 'date' | 'flag';
  unit?: string;
  minimum?: number;
  maximum?: number;
  codes?: string;
  visit?: string;
  instrument?: string;
  item?: string;
  source: string;
}

const header = [
  'file',
  'column',
  'label',
  'type',
  'unit',
  'minimum',
  'maximum',
  'codes',
  'visit',
  'instrument',
  'item',
  'source',
];

/**
 * The dictionary as lines of CSV, header first: every column of both files, and what the long file's `value` means for
 * each item and score of each instrument. A blinded caller's says nothing of arms.
 */
export function dictionaryRows(layout: Layout, blinded: boolean): string[] {
  const entries = [...longEntries(layout, blinded), ...wideEntries(layout, blinded)];
  return [line(header), ...entries.map(row)];
}

function row(entry: Entry): string {
  return line([
    entry.file,
    entry.column,
    textCell(entry.label),
    entry.type,
    textCell(entry.unit ?? ''),
    cell(entry.minimum),
    cell(entry.maximum),
    textCell(entry.codes ?? ''),
    entry.visit ?? '',
    entry.instrument ?? '',
    entry.item ?? '',
    textCell(entry.source),
  ]);
}

const PROTOCOL = 'Protocol';
const RECORD = 'Recorded by Equipoise';

/** `0 = Absent | 1 = Slight`. */
const codesOf = (codes: readonly (readonly [string | number, string])[]): string =>
  codes.map(([code, label]) => `${code} = ${label}`).join(' | ');

function longEntries(layout: Layout, blinded: boolean): Entry[] {
  const about = longColumnsInWords(layout);
  const columns = longColumns(blinded).map((column): Entry => ({ file: 'long', column, ...about[column]! }));
  const seen = new Set<string>();
  const values = layout.places.flatMap((place) => {
    const { instrument } = place;
    if (seen.has(instrument.id)) return [];
    seen.add(instrument.id);
    return [
      ...place.items.map((item) => ({
        ...aboutItem(place, item),
        file: 'long' as const,
        column: 'value',
        instrument: instrument.id,
        item: item.id,
      })),
      ...place.scores.map((score) => ({
        ...aboutScore(place, score),
        file: 'long' as const,
        column: 'value',
        instrument: instrument.id,
        item: score.id,
      })),
    ];
  });
  return [...columns, ...values];
}

function longColumnsInWords({ document, places }: Layout): Record<string, Omit<Entry, 'file' | 'column'>> {
  const missing = [
    ...document.missing.map(({ code, label }) => [code, label] as const),
    [NOT_COMPLETE, 'A score of a form that is not complete yet'] as const,
    [NOT_COMPUTED, 'A score that missing answers leave without a value'] as const,
  ];
  const visits = [...new Map(places.map(({ visit }) => [visit.id, visit.label]))];
  const instruments = [...new Map(places.map(({ instrument }) => [instrument.id, instrument.title]))];
  return {
    ...subjectColumns({ document }),
    visit: { label: 'Visit', type: 'identifier', codes: codesOf(visits), source: PROTOCOL },
    visit_label: { label: 'Visit in words', type: 'text', source: PROTOCOL },
    assessed_on: { label: 'Date of assessment', type: 'date', source: 'The form' },
    instrument: { label: 'Instrument', type: 'identifier', codes: codesOf(instruments), source: PROTOCOL },
    instrument_version: {
      label: 'Version of the instrument document that labels, codes and scores in this file are from',
      type: 'text',
      source: 'The newest version of the protocol',
    },
    kind: {
      label: 'What the row is',
      type: 'code',
      codes: codesOf([
        ['answer', 'an answer that was entered'],
        ['score', 'a score derived from the answers, never entered'],
      ]),
      source: RECORD,
    },
    item: { label: 'Item, or score', type: 'identifier', source: 'The instrument' },
    label: { label: 'Item or score in words', type: 'text', source: 'The instrument' },
    value: {
      label:
        "The answer’s code, number, day or text, or the score. Empty only where “missing” says why. An item that was left blank has no row: neither a value nor a missing code. A ' in front of a text that begins with = + - @ or a tab was added by the export, so that no spreadsheet runs it; numbers have none.",
      type: 'text',
      source: 'The form; see the rows of this dictionary for each instrument and item',
    },
    value_label: { label: 'The code in words; the band of a score', type: 'text', source: 'The instrument' },
    missing: {
      label: 'Why there is no value',
      type: 'code',
      codes: codesOf(missing),
      source: 'The form, by the codes of the protocol',
    },
    prorated: {
      label: 'Whether the score’s key filled in missing items; empty for answers',
      type: 'flag',
      codes: codesOf([
        [0, 'no'],
        [1, 'yes'],
      ]),
      source: 'Derived',
    },
    form_status: {
      label: 'State of the form',
      type: 'code',
      codes: codesOf(formStates),
      source: RECORD,
    },
    form_version: {
      label: 'Which version of the form this is; earlier ones are kept',
      type: 'integer',
      minimum: 1,
      source: RECORD,
    },
    protocol_version: {
      label: 'Version of the protocol that the form was saved under',
      type: 'integer',
      minimum: 1,
      source: RECORD,
    },
  };
}

const formStates = [
  ['started', 'entered in part'],
  ['complete', 'entered in full'],
] as const;

/** Columns that both files have. */
function subjectColumns({
  document,
}: Pick<Layout, 'document'>): Record<string, Omit<Entry, 'file' | 'column'>> {
  return {
    study: {
      label: 'Study',
      type: 'identifier',
      codes: codesOf([[document.id, document.title]]),
      source: PROTOCOL,
    },
    site: {
      label: 'Site',
      type: 'identifier',
      codes: codesOf(document.sites.map(({ id, name }) => [id, name])),
      source: RECORD,
    },
    participant: { label: 'Participant ID', type: 'identifier', source: RECORD },
    arm: {
      label: 'Allocated arm; empty before randomisation',
      type: 'code',
      codes: codesOf(document.arms.map(({ id, name }) => [id, name])),
      source: 'Allocation log',
    },
    randomised_on: { label: 'Day of randomisation; empty before it', type: 'date', source: 'Allocation log' },
  };
}

function wideEntries(layout: Layout, blinded: boolean): Entry[] {
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
      codes: codesOf(
        ['screening', 'excluded', 'eligible', 'consented', 'randomised', 'completed', 'withdrawn'].map(
          (status) => [status, status],
        ),
      ),
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
  const missing = codesOf(document.missing.map(({ code, label }) => [code, label]));
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
      const column = itemColumn(place, item);
      const about = aboutItem(place, item);
      return [
        { ...at, column, item: item.id, ...about, label: `${title}: ${about.label}` },
        {
          ...at,
          column: `${column}.missing`,
          item: item.id,
          label: `${title}: ${item.label}: why there is no answer. Where this and the answer are both empty, the item was left blank.`,
          type: 'code',
          codes: missing,
          source: 'The form, by the codes of the protocol',
        },
      ];
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

type About = Pick<Entry, 'label' | 'type' | 'unit' | 'minimum' | 'maximum' | 'codes' | 'source'>;

function aboutItem({ instrument }: FormPlace, item: Item): About {
  const base = { label: item.label, source: instrument.source };
  switch (item.kind) {
    case 'choice': {
      const values = item.options.map(({ value }) => value);
      return {
        ...base,
        type: 'code',
        minimum: Math.min(...values),
        maximum: Math.max(...values),
        codes: codesOf(item.options.map(({ value, label }) => [value, label])),
      };
    }
    case 'number':
      return {
        ...base,
        type: item.integer ? 'integer' : 'number',
        unit: item.unit,
        minimum: item.min,
        maximum: item.max,
      };
    default:
      return { ...base, type: item.kind };
  }
}

function aboutScore({ instrument }: FormPlace, score: Score): About {
  const { missing } = score;
  const rule =
    missing.rule === 'none'
      ? 'a missing item leaves it without a value'
      : `up to ${missing.atMost} missing items take the mean of the answered ones, unrounded`;
  return {
    label: score.label,
    type: 'number',
    minimum: score.min,
    maximum: score.max,
    source: `Derived from complete forms, ${score.better} is better; ${rule}. ${instrument.source}`,
  };
}

function aboutField(field: ScreeningField): About {
  if (field.kind === 'choice')
    return {
      label: field.label,
      type: 'code',
      codes: codesOf(field.options.map(({ value, label }) => [value, label])),
      source: 'Screening',
    };
  return {
    label: field.label,
    type: 'number',
    unit: field.unit,
    minimum: field.min,
    maximum: field.max,
    source: 'Screening',
  };
}
