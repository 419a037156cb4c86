import { expressionBuilder, type Insertable, type Selectable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export type EventRecord = Selectable<Tables['event']>;
export type Withdrawal = Selectable<Tables['withdrawal']>;

export async function findEvent(db: Connection, study: string, id: string) {
  return db
    .selectFrom('event')
    .innerJoin('participant', 'participant.id', 'event.participant_id')
    .selectAll('event')
    .select(['participant.code', 'participant.site'])
    .where('participant.study_id', '=', study)
    .where('event.id', '=', id)
    .executeTakeFirst();
}

export async function insertEventVersion(
  db: Connection,
  row: Insertable<Tables['event_version']>,
): Promise<void> {
  await db.insertInto('event_version').values(row).execute();
}

/** Moves the event on if it is still at `version`; false when someone else was faster. */
export async function changeEvent(
  db: Connection,
  id: string,
  version: number,
  change: { on_day: string; until_day: string | null; detail: string; struck: 0 | 1 },
): Promise<boolean> {
  const result = await db
    .updateTable('event')
    .set({ ...change, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function eventVersionsOf(db: Connection, event: string) {
  return db
    .selectFrom('event_version')
    .selectAll()
    .where('event_id', '=', event)
    .orderBy('version', 'desc')
    .execute();
}

/** Why each struck event was struck. */
export async function strikeReasons(db: Connection, participant: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('event_version')
    .innerJoin('event', 'event.id', 'event_version.event_id')
    .select(['event_version.event_id', 'event_version.reason'])
    .where('event.participant_id', '=', participant)
    .where('event_version.struck', '=', 1)
    .execute();
  return new Map(rows.map((row) => [row.event_id, row.reason ?? '']));
}

/** Changes of the follow-up of these participants, in their order. */
export async function withdrawalsOf(db: Connection, participants: readonly string[]): Promise<Withdrawal[]> {
  if (participants.length === 0) return [];
  return db
    .selectFrom('withdrawal')
    .selectAll()
    .where('participant_id', 'in', participants)
    .orderBy('participant_id')
    .orderBy('number')
    .execute();
}

/** Of the whole study. */
export async function withdrawalsOfStudy(db: Connection, study: string): Promise<Withdrawal[]> {
  return db
    .selectFrom('withdrawal')
    .innerJoin('participant', 'participant.id', 'withdrawal.participant_id')
    .selectAll('withdrawal')
    .where('participant.study_id', '=', study)
    .orderBy('withdrawal.participant_id')
    .orderBy('withdrawal.number')
    .execute();
}

export async function insertWithdrawal(db: Connection, row: Insertable<Tables['withdrawal']>): Promise<void> {
  await db.insertInto('withdrawal').values(row).execute();
}

/** Whether the last change of a participant's follow-up leaves no consent for further use of data; part of the query for that participant. */
export function dataWithdrawn() {
  const eb = expressionBuilder<Tables, 'participant'>();
  return eb
    .exists(
      eb
        .selectFrom('withdrawal as last')
        .select('last.id')
        .whereRef('last.participant_id', '=', 'participant.id')
        .where('last.stops', 'like', '%"data"%')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('withdrawal as later')
                .select('later.id')
                .whereRef('later.participant_id', '=', 'last.participant_id')
                .whereRef('later.number', '>', 'last.number'),
            ),
          ),
        ),
    )
    .as('withdrew_data');
}
