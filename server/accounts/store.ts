import type { InferResult } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Language } from '../language/language.rules.ts';
import type { RoleName } from '../studies/document.ts';

export interface Membership {
  id: string;
  study: string;
  role: RoleName;
  site: string | null;
}

export interface ActiveMembership extends Membership {
  /** The study lets the role in with a second factor only, and the user has none. */
  lacksFactor: boolean;
}

/** Roles in force, with whether the study asks each for a second factor and the user has one. */
export const memberships = (db: Connection) =>
  db
    .selectFrom('membership')
    .leftJoin('second_factor_rule', (join) =>
      join
        .onRef('second_factor_rule.study_id', '=', 'membership.study_id')
        .onRef('second_factor_rule.role', '=', 'membership.role'),
    )
    .leftJoin('second_factor', 'second_factor.user_id', 'membership.user_id')
    .select([
      'membership.id',
      'membership.study_id as study',
      'membership.role',
      'membership.site',
      'second_factor_rule.role as ruled',
      'second_factor.confirmed_at as confirmed',
    ])
    .where('membership.revoked_at', 'is', null)
    .orderBy('membership.granted_at');

export const active = ({
  ruled,
  confirmed,
  role,
  ...row
}: InferResult<ReturnType<typeof memberships>>[number]): ActiveMembership => ({
  ...row,
  role: role as RoleName,
  lacksFactor: ruled !== null && confirmed === null,
});

/** Roles that the user holds now, in one study or in all. */
export async function activeMemberships(
  db: Connection,
  userId: string,
  studyId?: string,
): Promise<ActiveMembership[]> {
  let query = memberships(db).where('membership.user_id', '=', userId);
  if (studyId !== undefined) query = query.where('membership.study_id', '=', studyId);
  return (await query.execute()).map(active);
}

export interface MembershipRecord extends Membership {
  grantedAt: string;
  revokedAt: string | null;
  user: { id: string; name: string; email: string };
}

/** Everyone who has or had a role in the study. */
export async function membershipRecords(db: Connection, studyId: string): Promise<MembershipRecord[]> {
  const rows = await db
    .selectFrom('membership')
    .innerJoin('user', 'user.id', 'membership.user_id')
    .select([
      'membership.id',
      'membership.study_id',
      'membership.role',
      'membership.site',
      'membership.granted_at',
      'membership.revoked_at',
      'user.id as userId',
      'user.name',
      'user.email',
    ])
    .where('membership.study_id', '=', studyId)
    .orderBy('user.name')
    .orderBy('membership.granted_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    study: row.study_id,
    role: row.role as RoleName,
    site: row.site,
    grantedAt: row.granted_at,
    revokedAt: row.revoked_at,
    user: { id: row.userId, name: row.name, email: row.email },
  }));
}

export async function insertMembership(
  db: Connection,
  membership: Membership & { userId: string; at: string; by: string | null },
): Promise<void> {
  await db
    .insertInto('membership')
    .values({
      id: membership.id,
      user_id: membership.userId,
      study_id: membership.study,
      role: membership.role,
      site: membership.site,
      granted_at: membership.at,
      granted_by: membership.by,
      revoked_at: null,
      revoked_by: null,
    })
    .execute();
}

export async function revokeMembership(
  db: Connection,
  id: string,
  studyId: string,
  at: string,
  by: string,
): Promise<boolean> {
  const result = await db
    .updateTable('membership')
    .set({ revoked_at: at, revoked_by: by })
    .where('id', '=', id)
    .where('study_id', '=', studyId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function findUser(
  db: Connection,
  email: string,
): Promise<{ id: string; name: string; email: string } | null> {
  const row = await db
    .selectFrom('user')
    .select(['id', 'name', 'email'])
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
  return row ?? null;
}

/** The language that the account of the e-mail chose; null where it chose none, or there is none. */
export async function languageOfAccount(db: Connection, email: string): Promise<Language | null> {
  const row = await db
    .selectFrom('user')
    .select('language')
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
  return (row?.language ?? null) as Language | null;
}

export async function userById(
  db: Connection,
  id: string,
): Promise<{ id: string; name: string; email: string } | null> {
  const row = await db
    .selectFrom('user')
    .select(['id', 'name', 'email'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export async function anyUser(db: Connection): Promise<boolean> {
  return (await db.selectFrom('user').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Names by id; deeds from the command line have a name too. */
export async function userNames(db: Connection, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map([['command-line', 'Command line']]);
  const wanted = [...new Set(ids)].filter((id) => !names.has(id));
  if (wanted.length === 0) return names;
  for (const { id, name } of await db
    .selectFrom('user')
    .select(['id', 'name'])
    .where('id', 'in', wanted)
    .execute())
    names.set(id, name);
  return names;
}

export async function readSetting(db: Connection, name: string): Promise<string | null> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value ?? null;
}

export async function writeSetting(db: Connection, name: string, value: string): Promise<void> {
  await db
    .insertInto('setting')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

export async function deleteSetting(db: Connection, name: string): Promise<boolean> {
  const result = await db.deleteFrom('setting').where('name', '=', name).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Ends every session of the user, at once. */
export async function endSessions(db: Connection, userId: string): Promise<void> {
  await db.deleteFrom('session').where('userId', '=', userId).execute();
}

/** Who holds one of the roles at the site now, or at every site; nobody whose account is disabled. */
export async function peopleWithRole(
  db: Connection,
  study: string,
  roles: readonly RoleName[],
  site: string,
): Promise<{ id: string; name: string; email: string; language: Language | null }[]> {
  const rows = await db
    .selectFrom('membership')
    .innerJoin('user', 'user.id', 'membership.user_id')
    .leftJoin('disabled_account', 'disabled_account.user_id', 'membership.user_id')
    .select(['user.id', 'user.name', 'user.email', 'user.language'])
    .distinct()
    .where('membership.study_id', '=', study)
    .where('membership.role', 'in', roles)
    .where('membership.revoked_at', 'is', null)
    .where((eb) => eb.or([eb('membership.site', 'is', null), eb('membership.site', '=', site)]))
    .where('disabled_account.user_id', 'is', null)
    .orderBy('user.email')
    .execute();
  return rows.map((row) => ({ ...row, language: row.language as Language | null }));
}
