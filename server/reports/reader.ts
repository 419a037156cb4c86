import type { Connection } from '../db/database.ts';
import { openArms, pooled } from '../results/dataset.ts';
import { readPeople } from '../results/facts/people.ts';
import { armsOfStudy } from '../results/facts/store.ts';
import type { Reader } from '../results/reader.ts';
import type { Caller, Services } from '../services.ts';
import { smallestShown } from '../studies/rules.ts';
import { startOfWeek } from '../visits/today.ts';

/**
 * What a report is made from: everybody as the data are now, by arm, or pooled so that no arm is read at all. For whom
 * small counts are hidden, as the data were at the start of the week.
 */
export async function reportReader(
  services: Services,
  db: Connection,
  { study, roles }: Pick<Caller, 'study' | 'roles'>,
  showing: 'open' | 'pooled',
): Promise<Reader> {
  const smallest = smallestShown(study.document, roles);
  const until = smallest === null ? null : startOfWeek(services, services.now());
  const people = await readPeople(services, db, study, { codes: null, until });
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
    services: until === null ? services : { ...services, now: () => new Date(until) },
    db,
    place: services.db,
    people,
    arms,
    showing,
    smallest,
    until,
    say: null,
  };
}
