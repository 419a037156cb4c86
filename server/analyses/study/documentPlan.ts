import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { stringify } from 'yaml';
import { notValid } from '../../errors.ts';
import { dataFolder } from '../../paths.ts';
import { loadStudy, studyFiles } from '../../studies/load.ts';
import type { Study } from '../../studies/study.ts';
import { planOfStudy, type Replay } from './plan.ts';

/** A plan as the bytes of a file, for `stepsOnFiles`. */
export interface PlanFile {
  path: string;
  bytes: Buffer;
}

/** A file knows no log of allocations. */
const NO_LOG: Replay = {
  reason:
    'The study’s document and the CSV don’t tell how participants were allocated; a run on the study’s own server replays it.',
};

/**
 * The plan of a study’s document, over the table of `equipoise export analysis`.
 *
 * @param path the document, or a folder that holds it, with instruments of its own in `instruments/` beside it
 * @throws {DocumentError} for a document with problems
 * @throws {Refused} for a folder without exactly one document, and for a document without planned analyses
 */
export async function planOfDocument(path: string): Promise<PlanFile> {
  const isFolder = (await stat(path)).isDirectory();
  const [file, ...others] = isFolder ? await studyFiles(path) : [path];
  if (file === undefined || others.length > 0)
    throw notValid(
      `${path} holds ${file === undefined ? 'no study document' : 'several study documents'}. Name the document itself.`,
    );
  const own = join(isFolder ? path : join(path, '..'), 'instruments');
  const hasOwn = await stat(own).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const { document, instruments } = await loadStudy(file, [
    join(dataFolder, 'instruments'),
    ...(hasOwn ? [own] : []),
  ]);
  return planFile(
    { document, instruments: new Map(instruments.map((one) => [one.id, one])) },
    NO_LOG,
    basename(file),
  );
}

/** The plan that a study in the database has now. */
export const planFile = (
  study: Pick<Study, 'document' | 'instruments'> & Partial<Pick<Study, 'syntheticNote'>>,
  replay: Replay,
  path: string,
): PlanFile => {
  if (study.document.estimands.length === 0)
    throw notValid('The study’s document declares no planned analysis (estimands). Nothing was run.');
  return { path, bytes: Buffer.from(stringify(planOfStudy(study, study.document.estimands, replay))) };
};
