import { studyLock } from '../locks/store.ts';
import type { Caller, Services } from '../services.ts';
import { dictionaryRows } from './dictionary.ts';
import { fileName } from './fileName.ts';
import { layoutOf } from './layout.ts';
import { layoutVersions } from './layoutVersions.ts';
import { recordFilesFor } from './recordFiles.ts';
import { countAnswers, countParticipants } from './store.ts';

/** What can be exported now, with the rows that each file would have without its header. */
export async function listFiles(services: Services, caller: Caller) {
  const { study, sites, blinded } = caller;
  return services.db.snapshot(async (tx) => {
    const layout = layoutOf(await layoutVersions(tx, study.id));
    const scores = new Map(layout.places.map((place) => [place.instrument.id, place.scores.length]));
    const counts = await countAnswers(services.db, tx, study.id, sites);
    const long = counts.reduce(
      (sum, one) => sum + one.answers + one.forms * (scores.get(one.instrument) ?? 0),
      0,
    );
    const file = (id: string, label: string, what: string, rows: number) => ({
      id,
      file: fileName(services, study, id),
      label,
      what,
      rows,
    });
    return {
      asOf: study.changedAt,
      locked: (await studyLock(tx, study.id)) ?? null,
      files: [
        file('long', 'Long', 'One row for each answer and each score: for R, SAS, Stata and pivots', long),
        file('wide', 'Wide', 'One row for each participant', await countParticipants(tx, study.id, sites)),
        ...(await Promise.all(
          recordFilesFor(caller).map(async ({ id, label, what, source }) =>
            file(id, label, what, await source.count(tx, caller)),
          ),
        )),
        file(
          'dictionary',
          'Data dictionary',
          'What each column of these files means: codes, ranges, units, sources',
          dictionaryRows(layout, blinded, recordFilesFor(caller)).length - 1,
        ),
      ],
    };
  });
}
