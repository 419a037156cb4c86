import type { Connection } from '../../db/database.ts';

const instant = (value: unknown): string => new Date(value as string | Date).toISOString();

/** Sessions of the user that haven't ended, the newest use first. */
export async function sessionsOf(db: Connection, user: string, now: Date) {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'userAgent', 'createdAt', 'updatedAt', 'expiresAt'])
    .where('userId', '=', user)
    .execute();
  return rows
    .map((row) => ({
      id: row.id,
      userAgent: row.userAgent,
      startedAt: instant(row.createdAt),
      seenAt: instant(row.updatedAt),
      expiresAt: instant(row.expiresAt),
    }))
    .filter(({ expiresAt }) => expiresAt > now.toISOString())
    .sort((a, b) => b.seenAt.localeCompare(a.seenAt));
}

/** Ends one session of the user. @returns how many */
export async function deleteSession(db: Connection, user: string, id: string): Promise<number> {
  const result = await db
    .deleteFrom('session')
    .where('userId', '=', user)
    .where('id', '=', id)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Ends every session of the user but one. @returns how many */
export async function deleteOtherSessions(db: Connection, user: string, kept: string): Promise<number> {
  const result = await db
    .deleteFrom('session')
    .where('userId', '=', user)
    .where('id', '!=', kept)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
