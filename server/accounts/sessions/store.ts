import { type InferResult, sql } from 'kysely';
import type { Connection } from '../../db/database.ts';
import { prepared } from '../../db/prepared.ts';
import { rowsIn, rowsOf } from '../../db/rows.ts';
import type { Language } from '../../language/language.rules.ts';
import type { User } from '../../services.ts';
import { type VersionInForce, versionsInForce } from '../../studies/store.ts';
import { type ActiveMembership, active, memberships } from '../store.ts';

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

/** Whose session a token is, and when it ends if nothing more is asked of it. */
export interface SessionRecord {
  id: string;
  user: User;
  expiresAt: Date;
  createdAt: Date;
}

const sessions = (db: Connection, token: string) =>
  db
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.userId')
    .select([
      'session.id as session',
      'session.expiresAt',
      'session.createdAt',
      'user.id',
      'user.name',
      'user.email',
      'user.language',
    ])
    .where('session.token', '=', token);

const sessionRecord = (row: InferResult<ReturnType<typeof sessions>>[number]): SessionRecord => ({
  id: row.session,
  user: { id: row.id, name: row.name, email: row.email, language: row.language as Language | null },
  expiresAt: new Date(row.expiresAt as string | Date),
  createdAt: new Date(row.createdAt as string | Date),
});

export async function sessionOf(db: Connection, token: string): Promise<SessionRecord | null> {
  const row = await sessions(db, token).executeTakeFirst();
  return row ? sessionRecord(row) : null;
}

const sessionsInStudy = prepared((db, { token, study }: { token: string; study: string }) =>
  sessions(db, token).select([
    rowsOf(
      db,
      memberships(db)
        .where('membership.user_id', '=', sql.ref<string>('user.id'))
        .where('membership.study_id', '=', study),
    ).as('memberships'),
    rowsOf(db, versionsInForce(db, study)).as('versions'),
  ]),
);

/** What the guard of a study has to know of the user, read along with the session. */
export interface Standing {
  memberships: ActiveMembership[];
  versions: VersionInForce[];
}

/** The session with the user's standing in a study; every request of a signed-in page begins with it. */
export async function sessionInStudy(
  db: Connection,
  token: string,
  study: string,
): Promise<(SessionRecord & { standing: Standing }) | null> {
  const [row] = (await sessionsInStudy(db, { token, study })).rows;
  if (!row) return null;
  const standing = { memberships: rowsIn(row.memberships).map(active), versions: rowsIn(row.versions) };
  return { ...sessionRecord(row), standing };
}
