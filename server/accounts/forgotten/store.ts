import type { Connection } from '../../db/database.ts';

export async function insertLink(
  db: Connection,
  link: { hash: string; user: string; at: string; expiresAt: string },
): Promise<void> {
  await db
    .insertInto('password_link')
    .values({
      token_hash: link.hash,
      user_id: link.user,
      made_at: link.at,
      expires_at: link.expiresAt,
      used_at: null,
    })
    .execute();
}

/** Whether the user was sent a link after the instant. */
export async function linkMadeAfter(db: Connection, user: string, at: string): Promise<boolean> {
  const row = await db
    .selectFrom('password_link')
    .select('made_at')
    .where('user_id', '=', user)
    .where('made_at', '>', at)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whose unused link it is; it stays unused. */
export async function userOfLink(db: Connection, hash: string, now: string): Promise<string | null> {
  const row = await db
    .selectFrom('password_link')
    .select('user_id')
    .where('token_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.user_id ?? null;
}

/** Marks the link used, and every other link of the user with it; false when it was used already. */
export async function spendLink(db: Connection, hash: string, user: string, at: string): Promise<boolean> {
  const result = await db
    .updateTable('password_link')
    .set({ used_at: at })
    .where('token_hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  await db
    .updateTable('password_link')
    .set({ used_at: at })
    .where('user_id', '=', user)
    .where('used_at', 'is', null)
    .execute();
  return true;
}
