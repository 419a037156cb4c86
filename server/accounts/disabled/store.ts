import type { Connection } from '../../db/database.ts';

export async function isDisabled(db: Connection, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('disabled_account')
    .select('user_id')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row !== undefined;
}

/** False when it was disabled already. */
export async function insertDisabled(
  db: Connection,
  userId: string,
  at: string,
  by: string,
): Promise<boolean> {
  const result = await db
    .insertInto('disabled_account')
    .values({ user_id: userId, disabled_at: at, disabled_by: by })
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** False when it wasn't disabled. */
export async function deleteDisabled(db: Connection, userId: string): Promise<boolean> {
  const result = await db.deleteFrom('disabled_account').where('user_id', '=', userId).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Which of the users have a disabled account. */
export async function disabledUsers(db: Connection, users: readonly string[]): Promise<Set<string>> {
  if (users.length === 0) return new Set();
  const rows = await db
    .selectFrom('disabled_account')
    .select('user_id')
    .where('user_id', 'in', users)
    .execute();
  return new Set(rows.map((row) => row.user_id));
}
