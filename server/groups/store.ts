import type { Insertable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export async function therapistsOf(db: Connection, study: string) {
  return db
    .selectFrom('therapist')
    .selectAll()
    .where('study_id', '=', study)
    .orderBy('site')
    .orderBy('name')
    .execute();
}

export async function groupsOf(db: Connection, study: string) {
  return db
    .selectFrom('therapy_group')
    .selectAll()
    .where('study_id', '=', study)
    .orderBy('starts_on')
    .orderBy('name')
    .execute();
}

export async function findGroup(db: Connection, study: string, id: string) {
  return db
    .selectFrom('therapy_group')
    .selectAll()
    .where('study_id', '=', study)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function findTherapist(db: Connection, study: string, id: string) {
  return db
    .selectFrom('therapist')
    .selectAll()
    .where('study_id', '=', study)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Every membership with its participant. */
export async function membershipsOf(db: Connection, study: string) {
  return db
    .selectFrom('therapy_membership')
    .innerJoin('participant', 'participant.id', 'therapy_membership.participant_id')
    .selectAll('therapy_membership')
    .select('participant.code')
    .where('participant.study_id', '=', study)
    .orderBy('therapy_membership.from_day')
    .execute();
}

export async function insertTherapist(db: Connection, row: Insertable<Tables['therapist']>): Promise<void> {
  await db.insertInto('therapist').values(row).execute();
}

export async function insertGroup(db: Connection, row: Insertable<Tables['therapy_group']>): Promise<void> {
  await db.insertInto('therapy_group').values(row).execute();
}

export async function insertMembership(
  db: Connection,
  row: Insertable<Tables['therapy_membership']>,
): Promise<void> {
  await db.insertInto('therapy_membership').values(row).execute();
}

type Kind = 'group_id' | 'therapist_id' | 'both';

/** What isn't ended: of groups, of therapists, or of both. */
export async function openMemberships(db: Connection, participant: string, kind: Kind) {
  let query = db
    .selectFrom('therapy_membership')
    .selectAll()
    .where('participant_id', '=', participant)
    .where('until_day', 'is', null);
  if (kind !== 'both') query = query.where(kind, 'is not', null);
  return query.execute();
}

/** Ends them. @returns how many */
export async function endMemberships(
  db: Connection,
  participant: string,
  until: string,
  kind: Kind,
): Promise<number> {
  let query = db
    .updateTable('therapy_membership')
    .set({ until_day: until })
    .where('participant_id', '=', participant)
    .where('until_day', 'is', null);
  if (kind !== 'both') query = query.where(kind, 'is not', null);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

/** Members whose membership isn't ended. */
export async function countMembers(db: Connection, group: string): Promise<number> {
  const { n } = await db
    .selectFrom('therapy_membership')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('group_id', '=', group)
    .where('until_day', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(n);
}
