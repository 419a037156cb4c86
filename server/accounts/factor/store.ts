import type { Connection } from '../../db/database.ts';
import type { RoleName } from '../../studies/document.ts';

export interface FactorRow {
  secret: string;
  confirmedAt: string | null;
  lastStep: number;
}

export async function readFactor(db: Connection, user: string): Promise<FactorRow | null> {
  const row = await db
    .selectFrom('second_factor')
    .select(['secret', 'confirmed_at as confirmedAt', 'last_step as lastStep'])
    .where('user_id', '=', user)
    .executeTakeFirst();
  return row ?? null;
}

/** A pending one is replaced; one that is on stays, and false comes back. */
export async function putPending(
  db: Connection,
  factor: { user: string; secret: string; at: string },
): Promise<boolean> {
  await db
    .deleteFrom('second_factor')
    .where('user_id', '=', factor.user)
    .where('confirmed_at', 'is', null)
    .execute();
  const result = await db
    .insertInto('second_factor')
    .values({
      user_id: factor.user,
      secret: factor.secret,
      made_at: factor.at,
      confirmed_at: null,
      last_step: 0,
    })
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function confirmFactor(db: Connection, user: string, at: string): Promise<void> {
  await db
    .updateTable('second_factor')
    .set({ confirmed_at: at })
    .where('user_id', '=', user)
    .where('confirmed_at', 'is', null)
    .execute();
}

/** Marks the step as used; false when it, or a later one, was used already. */
export async function spendStep(db: Connection, user: string, step: number): Promise<boolean> {
  const result = await db
    .updateTable('second_factor')
    .set({ last_step: step })
    .where('user_id', '=', user)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Marks the backup code as used; false when there is none of that hash that is unused. */
export async function spendBackupCode(
  db: Connection,
  user: string,
  hash: string,
  at: string,
): Promise<boolean> {
  const result = await db
    .updateTable('backup_code')
    .set({ used_at: at })
    .where('user_id', '=', user)
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function replaceBackupCodes(
  db: Connection,
  user: string,
  hashes: readonly string[],
): Promise<void> {
  await db.deleteFrom('backup_code').where('user_id', '=', user).execute();
  await db
    .insertInto('backup_code')
    .values(hashes.map((hash) => ({ user_id: user, hash, used_at: null })))
    .execute();
}

export async function backupCodesLeft(db: Connection, user: string): Promise<number> {
  const { left } = await db
    .selectFrom('backup_code')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('user_id', '=', user)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(left);
}

/** Takes the factor and its backup codes away; false when there was none. */
export async function deleteFactor(db: Connection, user: string): Promise<boolean> {
  await db.deleteFrom('backup_code').where('user_id', '=', user).execute();
  const result = await db.deleteFrom('second_factor').where('user_id', '=', user).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** People with a second factor that is on. */
export async function usersWithFactor(db: Connection, users: readonly string[]): Promise<Set<string>> {
  if (users.length === 0) return new Set();
  const rows = await db
    .selectFrom('second_factor')
    .select('user_id')
    .where('user_id', 'in', users)
    .where('confirmed_at', 'is not', null)
    .execute();
  return new Set(rows.map((row) => row.user_id));
}

/** Roles that the study lets in with a second factor only. */
export async function rolesWithFactor(db: Connection, study: string): Promise<RoleName[]> {
  const rows = await db
    .selectFrom('second_factor_rule')
    .select('role')
    .where('study_id', '=', study)
    .orderBy('role')
    .execute();
  return rows.map((row) => row.role as RoleName);
}

export async function putRolesWithFactor(
  db: Connection,
  study: string,
  roles: readonly RoleName[],
  set: { at: string; by: string },
): Promise<void> {
  await db.deleteFrom('second_factor_rule').where('study_id', '=', study).execute();
  if (roles.length === 0) return;
  await db
    .insertInto('second_factor_rule')
    .values(roles.map((role) => ({ study_id: study, role, set_at: set.at, set_by: set.by })))
    .execute();
}
