import { parse } from 'csv-parse/sync';
import type { Table } from '../../analysis/estimands/table.ts';
import { notValid } from '../errors.ts';

/**
 * Reads a CSV with a header into text cells, each row with its line in the file.
 *
 * @throws {Refused} with the line, for a file without rows, a header with a column twice, or a row of another length
 */
export function readTable(text: string, file: string): Table {
  const refuse = (line: number, message: string) =>
    notValid(`${file} can’t be read. Nothing was computed.`, [{ path: `line ${line}`, message }]);
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as never;
  } catch (error) {
    const { message, lines } = error as Error & { lines?: number };
    throw refuse(lines ?? 1, message);
  }
  const [header, ...rows] = records;
  if (!header) throw refuse(1, 'The file is empty: it needs a header and rows.');
  const columns = header.record.map((name) => name.trim());
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) throw refuse(1, `The column “${twice}” is there twice.`);
  for (const { record, info } of rows)
    if (record.length !== columns.length)
      throw refuse(info.lines, `The row has ${record.length} cells; the header has ${columns.length}.`);
  if (rows.length === 0) throw refuse(1, 'The file has a header and no rows.');
  return { columns, rows: rows.map(({ record, info }) => ({ line: info.lines, cells: record })) };
}
