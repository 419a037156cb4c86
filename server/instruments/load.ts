import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DocumentError } from '../documents/error.ts';
import { parseDocument, type Warnings } from '../documents/parse.ts';
import { lackingTranslations } from '../documents/translations.rules.ts';
import { checkInstrument } from './check.ts';
import { type InstrumentDocument, instrumentDocument } from './document.ts';

export type Instruments = ReadonlyMap<string, InstrumentDocument>;

/**
 * Reads an instrument document.
 *
 * @param options.file its name, for error messages
 * @param options.warn is told of texts without a translation
 * @throws {DocumentError} that lists every problem
 */
export function parseInstrument(
  text: string,
  options: { file: string; warn?: (warnings: Warnings) => void },
): InstrumentDocument {
  return parseDocument(text, {
    ...options,
    schema: instrumentDocument,
    check: checkInstrument,
    doubt: lackingTranslations,
  });
}

/**
 * Every instrument document (`*.yaml`, `*.yml`) of the folders, by its id. A later folder overrides an earlier
 * one: so a site's licensed copy takes the place of an instrument that ships with its scoring only.
 *
 * @throws {DocumentError} of the first file with problems, or where one folder has two documents of one id
 */
export async function loadInstruments(...folders: readonly string[]): Promise<Instruments> {
  const all = new Map<string, InstrumentDocument>();
  for (const folder of folders) {
    const here = new Map<string, string>();
    for (const name of (await readdir(folder)).sort()) {
      if (!/\.ya?ml$/.test(name)) continue;
      const file = join(folder, name);
      const instrument = parseInstrument(await readFile(file, 'utf8'), { file });
      const twin = here.get(instrument.id);
      if (twin) {
        const message = `Found “${instrument.id}”, which is the id of ${twin} too; each instrument of a folder needs its own.`;
        throw new DocumentError(file, [{ line: 1, column: 1, path: 'id', message }]);
      }
      here.set(instrument.id, file);
      all.set(instrument.id, instrument);
    }
  }
  return all;
}
