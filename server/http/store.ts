import type { Insertable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export async function findFirst(db: Connection, user: string, key: string) {
  return db
    .selectFrom('idempotency')
    .select(['payload_hash', 'reply'])
    .where('user_id', '=', user)
    .where('key', '=', key)
    .executeTakeFirst();
}

export async function keepFirst(db: Connection, row: Insertable<Tables['idempotency']>): Promise<void> {
  await db.insertInto('idempotency').values(row).execute();
}
