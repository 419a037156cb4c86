import type { Connection } from '../../db/database.ts';
import type { ParticipantRecord } from '../../participants/store.ts';

const participants = (db: Connection, study: string) =>
  db.selectFrom('participant').selectAll('participant').where('participant.study_id', '=', study);

/** These people, by their codes, or everybody. */
export async function peopleNamed(
  db: Connection,
  study: string,
  codes: readonly string[] | null,
): Promise<ParticipantRecord[]> {
  const query = participants(db, study);
  return (codes === null ? query : query.where('code', 'in', codes)).execute();
}

/** When these people were randomised; the arm isn't read. */
export async function placedAmong(db: Connection, ids: readonly string[]) {
  return db
    .selectFrom('allocation')
    .select(['participant_id', 'allocated_at'])
    .where('participant_id', 'in', ids)
    .execute();
}

/** With the arm: only for results that show arms, or letters in their place. */
export async function armsOfStudy(db: Connection, study: string, after: number) {
  return db
    .selectFrom('allocation')
    .select(['participant_id', 'number', 'arm'])
    .where('study_id', '=', study)
    .where('number', '>', after)
    .orderBy('number')
    .execute();
}

/** Complete forms of these people, in their current versions. */
export async function completeForms(
  db: Connection,
  ids: readonly string[],
  instruments: readonly string[],
  until: string | null,
) {
  let query = db
    .selectFrom('form')
    .select(['participant_id', 'visit', 'instrument', 'answers'])
    .where('participant_id', 'in', ids)
    .where('instrument', 'in', instruments)
    .where('status', '=', 'complete');
  if (until !== null) query = query.where('saved_at', '<=', until);
  return query.execute();
}

/** Forms that were saved after an instant, in the versions that they had then; none where they had none. */
export async function formsAsOf(
  db: Connection,
  ids: readonly string[],
  instruments: readonly string[],
  until: string,
) {
  const rows = await db
    .selectFrom('form')
    .innerJoin('form_version', 'form_version.form_id', 'form.id')
    .select(['form.id', 'participant_id', 'visit', 'instrument'])
    .select(['form_version.version', 'form_version.status', 'form_version.answers'])
    .where('participant_id', 'in', ids)
    .where('instrument', 'in', instruments)
    .where('form.saved_at', '>', until)
    .where('form_version.saved_at', '<=', until)
    .orderBy('form.id')
    .orderBy('form_version.version')
    .execute();
  return [...new Map(rows.map((row) => [row.id, row])).values()].filter(
    ({ status }) => status === 'complete',
  );
}

/** Events of these people that weren't struck, in their current versions. */
export async function eventsAmong(db: Connection, ids: readonly string[], until: string | null) {
  let query = db
    .selectFrom('event')
    .selectAll()
    .where('participant_id', 'in', ids)
    .orderBy('on_day')
    .orderBy('recorded_at');
  if (until !== null) query = query.where('recorded_at', '<=', until);
  return query.execute();
}

/** Versions of these people's events in their order, for events that were corrected after an instant. */
export async function eventVersionsAsOf(db: Connection, ids: readonly string[], until: string) {
  return db
    .selectFrom('event_version')
    .innerJoin('event', 'event.id', 'event_version.event_id')
    .selectAll('event_version')
    .where('event.participant_id', 'in', ids)
    .where('event_version.saved_at', '<=', until)
    .orderBy('event_id')
    .orderBy('event_version.version')
    .execute();
}

/** Subjects of the exclusions after an instant. */
export async function excludedSince(db: Connection, study: string, until: string): Promise<string[]> {
  const rows = await db
    .selectFrom('audit')
    .select('subject')
    .where('study_id', '=', study)
    .where('action', '=', 'participants.exclude')
    .where('at', '>', until)
    .execute();
  return rows.map(({ subject }) => subject);
}

/** What the study's trail has after an entry: what was acted on, and how. */
export async function deedsAfter(db: Connection, study: string, seq: number, limit: number) {
  return db
    .selectFrom('audit')
    .select(['seq', 'action', 'subject'])
    .where('study_id', '=', study)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
}

/** Where the study's trail ends, and how many people and allocations it has. */
export async function extentOf(db: Connection, study: string) {
  const count = (table: 'participant' | 'allocation') =>
    db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('study_id', '=', study)
      .executeTakeFirstOrThrow();
  const { seq } = await db
    .selectFrom('audit')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('study_id', '=', study)
    .executeTakeFirstOrThrow();
  const [people, allocations] = [await count('participant'), await count('allocation')];
  return { seq: Number(seq ?? 0), people: Number(people.n), allocations: Number(allocations.n) };
}
