import type { Connection } from '../db/database.ts';

/** The state of each study's data. */
export async function revisionsOf(db: Connection, studies: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('study')
    .select(['id', 'changed_at'])
    .where('id', 'in', [...studies])
    .execute();
  return new Map(rows.map((row) => [row.id, row.changed_at]));
}

/** Which of these sessions there still are, with when they end if nothing more is asked of them. */
export async function livingSessions(
  db: Connection,
  sessions: readonly string[],
): Promise<Map<string, { expiresAt: Date; createdAt: Date }>> {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'expiresAt', 'createdAt'])
    .where('id', 'in', [...sessions])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        expiresAt: new Date(row.expiresAt as string | Date),
        createdAt: new Date(row.createdAt as string | Date),
      },
    ]),
  );
}
