import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { Header } from './header.ts';
import type { Refusals } from './refusals.ts';

/** One record may be this long; more is a quotation mark that nobody closed. */
const LONGEST = 1_000_000;
/** So many rows are looked up and written at a time. */
const BATCH = 500;

export interface Row {
  /** As a spreadsheet counts: 1 is the header. */
  number: number;
  /** By column of the header, without white space around them. */
  cells: string[];
}

interface Parsed {
  record: string[];
  info: { records: number; empty_lines: number };
}

export interface Batch {
  /** Rows read, refused ones too. */
  read: number;
  rows: Row[];
}

/** The rows in batches, without those in which every cell is blank. A row that isn't as long as the header is refused; a broken quotation mark ends the reading. */
export async function* records(source: Readable, header: Header, refusals: Refusals): AsyncGenerator<Batch> {
  const parser = source.pipe(
    parse({
      bom: true,
      delimiter: header.delimiter,
      info: true,
      max_record_size: LONGEST,
      relax_column_count: true,
      skip_empty_lines: true,
    }),
  );
  source.once('error', (error) => parser.destroy(error));
  let batch: Batch = { read: 0, rows: [] };
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (info.records === 1 || record.every((cell) => cell.trim() === '')) continue;
      const row = toRow(info.records + info.empty_lines, record, header, refusals);
      batch.read++;
      if (row) batch.rows.push(row);
      if (batch.read < BATCH) continue;
      yield batch;
      batch = { read: 0, rows: [] };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    refusals.add(Number(error.records) + Number(error.empty_lines) + 1, null, null, brokenInWords(error));
  } finally {
    source.destroy();
  }
  if (batch.read > 0) yield batch;
}

function toRow(
  number: number,
  record: readonly string[],
  { columns }: Header,
  refusals: Refusals,
): Row | null {
  const cells = record.map((cell) => cell.trim());
  const surplus = cells.slice(columns.length);
  if (cells.length < columns.length || surplus.some((cell) => cell !== '')) {
    refusals.add(
      number,
      null,
      null,
      `The row has ${cells.length} cells; the header has ${columns.length} columns.`,
    );
    return null;
  }
  return { number, cells };
}

function brokenInWords(error: CsvError): string {
  const end = 'Reading stopped here: correct it, and check the file again.';
  if (error.code === 'CSV_MAX_RECORD_SIZE' || error.code === 'CSV_QUOTE_NOT_CLOSED')
    return `A quotation mark opens here and is not closed. ${end}`;
  return `A quotation mark stands where none can: a cell that holds one is put in quotation marks, and the mark is doubled. ${end}`;
}
