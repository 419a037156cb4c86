import type { Connection } from '../db/database.ts';

/**
 * Participant → sessions attended. Content is canonical JSON, in which a quote of a text is escaped, so that the pair
 * searched for can't stand inside one.
 */
export async function sessionsAttended(
  db: Connection,
  study: string,
  participants?: readonly string[],
): Promise<Map<string, number>> {
  let query = db
    .selectFrom('study_record')
    .select('participant_id')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('study_id', '=', study)
    .where('kind', '=', 'session')
    .where('struck', '=', 0)
    .where('participant_id', 'is not', null)
    .where('content', 'like', '%"attendance":"attended"%')
    .groupBy('participant_id');
  if (participants) query = query.where('participant_id', 'in', participants);
  const rows = await query.execute();
  return new Map(rows.map((row) => [row.participant_id!, Number(row.n)]));
}
