import {
  aboutItem,
  aboutScore,
  codesOf,
  type Entry,
  formStates,
  PROTOCOL,
  RECORD,
  subjectColumns,
} from './entry.ts';
import type { Layout } from './layout.ts';
import { longColumns, NOT_COMPLETE, NOT_COMPUTED } from './long.ts';
import { HIDDEN, HIDDEN_IN_WORDS } from './wholeForm.ts';

/** The columns of the long file, then what `value` means for each item and score of each instrument. */
export function longEntries(layout: Layout, blinded: boolean): Entry[] {
  const about = longColumnsInWords(layout);
  const columns = longColumns(blinded, layout.document.doubleEntry !== undefined).map(
    (column): Entry => ({ file: 'long', column, ...about[column]! }),
  );
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
    [HIDDEN, HIDDEN_IN_WORDS] as const,
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
        ['calculated', 'an item calculated from other answers, never entered'],
        ['score', 'a score derived from the answers, never entered'],
      ]),
      source: RECORD,
    },
    item: { label: 'Item, or score', type: 'identifier', source: 'The instrument' },
    label: { label: 'Item or score in words', type: 'text', source: 'The instrument' },
    value: {
      label:
        "The answer’s code, number, day or text, or the score. Empty only where “missing” says why. An item that was left blank has no row: neither a value nor a missing code. One that the form does not ask after the answers before it has a row, with the missing code hidden-by-branching. A ' in front of a text that begins with = + - @ or a tab was added by the export, so that no spreadsheet runs it; numbers have none.",
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
    double_entry: {
      label: 'How far the second entry of the form is; empty where the protocol wants none',
      type: 'code',
      codes: codesOf([
        ['waiting', 'not begun: the value is the first entry’s'],
        ['started', 'under way: the value is the first entry’s'],
        ['differs', 'the two differ somewhere and nobody has decided: the value is the first entry’s'],
        ['agrees', 'both entries are the same'],
        ['adjudicated', 'they differed, and the value is what was decided'],
      ]),
      source: RECORD,
    },
  };
}
