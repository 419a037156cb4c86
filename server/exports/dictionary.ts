import { cell, line, textCell } from './cells.ts';
import { longEntries } from './dictionaryLong.ts';
import { wideEntries } from './dictionaryWide.ts';
import type { Entry } from './entry.ts';
import type { Layout } from './layout.ts';
import { entriesOf, type RecordFile } from './recordFile.ts';

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
 * each item and score of each instrument; then those of the files of records. A blinded caller's says nothing of arms.
 */
export function dictionaryRows(
  layout: Layout,
  blinded: boolean,
  records: readonly RecordFile[] = [],
): string[] {
  const entries = [
    ...longEntries(layout, blinded),
    ...wideEntries(layout, blinded),
    ...records.flatMap((file) => entriesOf(file, layout.document, blinded)),
  ];
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
