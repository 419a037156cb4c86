import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument, type Warnings } from '../documents/parse.ts';
import { lackingTranslations } from '../documents/translations.rules.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import { type Instruments, loadInstruments } from '../instruments/load.ts';
import { checkStudy } from './check.ts';
import { type StudyDocument, studyDocument } from './document.ts';

export interface LoadedStudy {
  document: StudyDocument;
  /** The instruments that its visits use, in the order in which they first come. */
  instruments: InstrumentDocument[];
}

/**
 * Reads a study document.
 *
 * @param options.file its name, for error messages
 * @param options.instruments those that the document may name
 * @param options.warn is told of texts without a translation
 * @throws {DocumentError} that lists every problem
 */
export function parseStudy(
  text: string,
  options: { file: string; instruments: Instruments; warn?: (warnings: Warnings) => void },
): LoadedStudy {
  const { file, instruments, warn } = options;
  const document = parseDocument(text, {
    file,
    schema: studyDocument,
    check: (study) => checkStudy(study, instruments),
    doubt: lackingTranslations,
    warn,
  });
  const used = new Set(document.visits.flatMap((visit) => visit.instruments));
  return { document, instruments: [...used].map((id) => instruments.get(id)!) };
}

/**
 * Reads a study document from a file.
 *
 * @param instrumentFolders as of `loadInstruments`: a later folder overrides an earlier one
 */
export async function loadStudy(
  file: string,
  instrumentFolders: readonly string[],
  warn?: (warnings: Warnings) => void,
): Promise<LoadedStudy> {
  const instruments = await loadInstruments(...instrumentFolders);
  return parseStudy(await readFile(file, 'utf8'), { file, instruments, warn });
}

/** The study documents of a folder, sorted; import mappings (`*.mapping.yaml`) lie beside them and are left out. */
export async function studyFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter(
    (name) => /\.ya?ml$/.test(name) && !/\.mapping\.ya?ml$/.test(name),
  );
  return names.sort().map((name) => join(folder, name));
}
