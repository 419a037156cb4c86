import { readFile } from 'node:fs/promises';
import { parseDocument } from '../documents/parse.ts';
import { type ImportMapping, importMapping } from './contract.ts';

/**
 * Reads a mapping document.
 *
 * @throws {DocumentError} that lists every problem with its place
 */
export async function loadMapping(file: string): Promise<ImportMapping> {
  return parseDocument(await readFile(file, 'utf8'), { file, schema: importMapping });
}
