import type { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { notValid } from '../errors.ts';
import { mappedColumns } from './columns.ts';
import type { ImportMapping } from './contract.ts';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** A header is looked for in this many bytes. */
const HEAD = 256 * 1024;

export interface Header {
  delimiter: Delimiter;
  columns: string[];
}

/**
 * Reads the header and holds it against the mapping. The delimiter is the mapping's; else the one under which most of
 * the mapping's columns are found.
 *
 * @throws Refused (not valid) that names the columns that are missing, unknown or there twice
 */
export async function readHeader(source: Readable, mapping: ImportMapping): Promise<Header> {
  const head = await firstBytes(source);
  if (head.replace(/^\uFEFF/, '').trim() === '') throw notValid('The file is empty. Nothing was imported.');
  const wanted = new Set(mappedColumns(mapping));
  const candidates = (mapping.delimiter ? [mapping.delimiter] : DELIMITERS).map((delimiter) => {
    const columns = columnsOf(head, delimiter);
    return { delimiter, columns, found: columns.filter((column) => wanted.has(column)).length };
  });
  const best = candidates.reduce((a, b) =>
    b.found > a.found || (b.found === a.found && b.columns.length > a.columns.length) ? b : a,
  );
  refuseWrong(best.columns, mapping);
  return { delimiter: best.delimiter, columns: best.columns };
}

async function firstBytes(source: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size >= HEAD) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function columnsOf(head: string, delimiter: Delimiter): string[] {
  try {
    const [columns] = parse(head, {
      bom: true,
      delimiter,
      to: 1,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as string[][];
    return (columns ?? []).map((column) => column.trim());
  } catch {
    return [];
  }
}

function refuseWrong(columns: readonly string[], mapping: ImportMapping): void {
  if (columns.length === 0)
    throw notValid(
      'The first line can’t be read as a header. It must name the columns; nothing was imported.',
    );
  const wanted = mappedColumns(mapping);
  const known = new Set([...wanted, ...mapping.ignore]);
  const missing = wanted.filter((column) => !columns.includes(column));
  const unknown = columns.filter((column) => column !== '' && !known.has(column));
  const twice = [
    ...new Set(columns.filter((column, index) => column !== '' && columns.indexOf(column) < index)),
  ];
  const unnamed = columns.flatMap((column, index) => (column === '' ? [index + 1] : []));
  const issues = [
    ...missing.map((column) => ({
      path: column,
      message: `The mapping wants a column “${column}”; the file has none.${lookalike(column, columns)}`,
    })),
    ...unknown.map((column) => ({
      path: column,
      message: `The file has a column “${column}” that the mapping doesn’t know. Map it, or list it under ignore.`,
    })),
    ...twice.map((column) => ({ path: column, message: `The file has more than one column “${column}”.` })),
    ...unnamed.map((number) => ({
      path: `column ${number}`,
      message: `Column ${number} of the file has no name.`,
    })),
  ];
  if (issues.length === 0) return;
  throw notValid(
    `The file doesn’t fit the mapping. ${issues
      .slice(0, 20)
      .map(({ message }) => message)
      .join(
        ' ',
      )} The file’s columns: ${named(columns)}. The mapping’s: ${named(wanted)}. Nothing was imported.`,
    issues.slice(0, 200),
  );
}

function lookalike(column: string, columns: readonly string[]): string {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const like = columns.find((candidate) => plain(candidate) === plain(column) && candidate !== '');
  return like ? ` “${like}” may be it.` : '';
}

function named(columns: readonly string[]): string {
  const shown = columns.slice(0, 60).map((column) => column || '(no name)');
  return (
    shown.join(', ') + (columns.length > shown.length ? `, and ${columns.length - shown.length} more` : '')
  );
}
