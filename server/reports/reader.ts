import type { Connection } from '../db/database.ts';
import { openArms, pooled } from '../results/dataset.ts';
import { readPeople } from '../results/facts/people.ts';
import { armsOfStudy } from '../results/facts/store.ts';
import type { Reader } from '../results/reader.ts';
import type { Caller, Services } from '../services.ts';

/** What a report is made from: everybody as the data are now, by arm, or pooled so that no arm is read at all. */
export async function reportReader(
  services: Services,
  db: Connection,
  { study }: Caller,
  showing: 'open' | 'pooled',
): Promise<Reader> {
  const people = await readPeople(services, db, study, { codes: null, until: null });
  const arms =
    showing === 'pooled'
      ? pooled
      : openArms(
          study,
          new Map((await armsOfStudy(db, study.id, 0)).map((row) => [row.participant_id, row.arm])),
        );
  return {
    study,
    sites: null,
    services,
    db,
    place: services.db,
    people,
    arms,
    showing,
    smallest: null,
    until: null,
  };
}
