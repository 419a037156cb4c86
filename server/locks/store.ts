import { expressionBuilder, type Insertable, type Selectable, sql } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';
import { isOver } from './rules.ts';

type Row = Selectable<Tables['data_hold']>;
/** A hold with the participant's code and the name of whoever placed it. */
export type HoldRecord = Row & { code: string | null; participant_site: string | null; placed_name: string };

const named = (db: Connection, study: string) =>
  db
    .selectFrom('data_hold')
    .leftJoin('participant', 'participant.id', 'data_hold.participant_id')
    .leftJoin('user', 'user.id', 'data_hold.placed_by')
    .selectAll('data_hold')
    .select((eb) => [
      'participant.code',
      'participant.site as participant_site',
      eb.fn.coalesce('user.name', 'data_hold.placed_by').as('placed_name'),
    ])
    .where('data_hold.study_id', '=', study);

export async function holdsOfStudy(db: Connection, study: string): Promise<HoldRecord[]> {
  return named(db, study).orderBy('placed_at', 'desc').orderBy('data_hold.id').execute();
}

export async function findHold(db: Connection, study: string, id: string): Promise<HoldRecord | undefined> {
  return named(db, study).where('data_hold.id', '=', id).executeTakeFirst();
}

export interface WrittenPlace {
  site: string;
  participant: string | null;
  visit: string | null;
  instrument: string | null;
}

export async function holdsInForce(db: Connection, study: string): Promise<HoldRecord[]> {
  return named(db, study)
    .where('lifted_at', 'is', null)
    .orderBy('kind', 'desc')
    .orderBy('placed_at')
    .execute();
}

/** Holds in force over a place: those of the study, its site, its participant, its visit and itself. Locks first. */
export async function holdsOver(db: Connection, study: string, place: WrittenPlace): Promise<HoldRecord[]> {
  return named(db, study)
    .where('lifted_at', 'is', null)
    .where((eb) =>
      eb.or([eb('participant_id', 'is', null), eb('participant_id', '=', place.participant ?? '')]),
    )
    .orderBy('kind', 'desc')
    .orderBy('placed_at')
    .execute()
    .then((holds) => holds.filter((hold) => isOver(hold, place)));
}

/** Holds in force on anything of the participant, or over all of it. */
export async function holdsTouching(
  db: Connection,
  study: string,
  participant: { id: string; site: string },
): Promise<HoldRecord[]> {
  return named(db, study)
    .where('lifted_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('participant_id', '=', participant.id),
        eb.and([
          eb('participant_id', 'is', null),
          eb.or([eb('data_hold.site', 'is', null), eb('data_hold.site', '=', participant.site)]),
        ]),
      ]),
    )
    .orderBy('placed_at')
    .execute();
}

/** The lock of the whole study, if it is in force. */
export async function studyLock(
  db: Connection,
  study: string,
): Promise<{ at: string; by: string } | undefined> {
  const row = await named(db, study)
    .where('kind', '=', 'locked')
    .where('lifted_at', 'is', null)
    .where('data_hold.site', 'is', null)
    .where('participant_id', 'is', null)
    .orderBy('placed_at')
    .executeTakeFirst();
  return row && { at: row.placed_at, by: row.placed_name };
}

export async function insertHold(db: Connection, row: Insertable<Tables['data_hold']>): Promise<void> {
  await db.insertInto('data_hold').values(row).execute();
}

/** False when it was lifted already. */
export async function liftHold(
  db: Connection,
  id: string,
  lifted: { at: string; by: string; reason: string },
): Promise<boolean> {
  const result = await db
    .updateTable('data_hold')
    .set({ lifted_at: lifted.at, lifted_by: lifted.by, lifted_reason: lifted.reason })
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Second entries that nobody has settled. */
export async function openSecondEntries(db: Connection, study: string) {
  return db
    .selectFrom('second_entry')
    .innerJoin('participant', 'participant.id', 'second_entry.participant_id')
    .select(['second_entry.participant_id', 'second_entry.visit', 'second_entry.instrument'])
    .where('participant.study_id', '=', study)
    .where('second_entry.settled_at', 'is', null)
    .execute();
}

/** Whether anything is frozen or locked that could hold the participant of the query, to be asked along with it. */
export function anyHold(study: string) {
  const eb = expressionBuilder<Tables, never>();
  return eb
    .exists(
      eb
        .selectFrom('data_hold')
        .select('data_hold.id')
        .where('data_hold.study_id', '=', study)
        .where('lifted_at', 'is', null)
        .where(sql<boolean>`coalesce(data_hold.site, participant.site) = participant.site`)
        .where(sql<boolean>`coalesce(data_hold.participant_id, participant.id) = participant.id`),
    )
    .as('held');
}
