import type { Connection } from '../../db/database.ts';
import type { Count } from './rules.ts';

export async function readCount(db: Connection, key: string): Promise<Count | null> {
  const row = await db
    .selectFrom('attempt_count')
    .select(['level', 'at', 'blocked_until as blockedUntil'])
    .where('key', '=', key)
    .executeTakeFirst();
  return row ?? null;
}

export async function writeCount(db: Connection, key: string, count: Count): Promise<void> {
  const values = { level: count.level, at: count.at, blocked_until: count.blockedUntil };
  await db
    .insertInto('attempt_count')
    .values({ key, ...values })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
    .execute();
}

export async function deleteCount(db: Connection, key: string): Promise<void> {
  await db.deleteFrom('attempt_count').where('key', '=', key).execute();
}

export async function deleteCountsBefore(db: Connection, at: string): Promise<void> {
  await db.deleteFrom('attempt_count').where('at', '<', at).execute();
}
