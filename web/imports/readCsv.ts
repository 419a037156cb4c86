import { parse } from 'csv-parse/browser/esm/sync';
import { t } from '../language/t.ts';

const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** What the browser reads of a CSV to help with its mapping; the server reads the file itself. */
export interface Sheet {
  delimiter: Delimiter;
  columns: string[];
  /** Rows without the header. */
  rows: string[][];
}

/**
 * Reads a CSV with a header row. The delimiter is the one that gives the most columns in the header.
 *
 * @throws Error in words where the text is empty or no table
 */
export function readCsv(text: string): Sheet {
  const header = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
  if (header.trim() === '') throw new Error(t('The file is empty, or its first row names no columns.'));
  const delimiter = delimiters.reduce((best, one) =>
    header.split(one).length > header.split(best).length ? one : best,
  );
  try {
    const [columns = [], ...rows] = parse(text, {
      bom: true,
      delimiter,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as string[][];
    return { delimiter, columns: columns.map((column) => column.trim()), rows };
  } catch (cause) {
    throw new Error(
      `The file is not a CSV that can be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

const counted = new WeakMap<Sheet, Map<string, { cell: string; count: number }[]>>();

/** The different cells of a column, most frequent first; counted once for each sheet. */
export function cellsOf(sheet: Sheet, column: string): readonly { cell: string; count: number }[] {
  const known = counted.get(sheet) ?? new Map();
  counted.set(sheet, known);
  const cells = known.get(column) ?? countCells(sheet, sheet.columns.indexOf(column));
  known.set(column, cells);
  return cells;
}

function countCells(sheet: Sheet, at: number): { cell: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const row of sheet.rows) {
    const cell = (row[at] ?? '').trim();
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return [...counts].map(([cell, count]) => ({ cell, count })).sort((a, b) => b.count - a.count);
}
