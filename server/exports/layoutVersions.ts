import type { Connection } from '../db/database.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import type { StudyDocument } from '../studies/document.ts';
import { currentStudy } from '../studies/store.ts';
import { unscheduledOfStudy } from '../visits/store.ts';
import { unscheduledDefinition } from '../visits/unscheduled.rules.ts';

/**
 * What a layout is made from: every protocol version that is or was in force somewhere, the newest first, and after
 * them the unscheduled visits with whatever was chosen for them.
 */
export async function layoutVersions(
  db: Connection,
  id: string,
): Promise<{ document: StudyDocument; instruments: InstrumentDocument[] }[]> {
  const study = (await currentStudy(db, id))!;
  const chosen = new Map<number, Set<string>>();
  for (const { number, instruments } of await unscheduledOfStudy(db, id)) {
    const known = chosen.get(number) ?? new Set<string>();
    for (const instrument of JSON.parse(instruments) as string[]) known.add(instrument);
    chosen.set(number, known);
  }
  const visits = [...chosen].map(([number, known]) => unscheduledDefinition(number, [...known]));
  return [
    ...[...study.versions.values()].map((version) => ({
      document: version.document,
      instruments: [...version.instruments.values()],
    })),
    ...(visits.length > 0 ? [{ document: { ...study.document, visits }, instruments: [] }] : []),
  ];
}
