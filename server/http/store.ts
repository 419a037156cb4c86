import type { Selectable } from 'kysely';
import type { Connection } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import type { Tables } from '../db/schema.ts';

export async function findFirst(db: Connection, user: string, key: string) {
  return db
    .selectFrom('idempotency')
    .select(['payload_hash', 'reply'])
    .where('user_id', '=', user)
    .where('key', '=', key)
    .executeTakeFirst();
}

type First = Selectable<Tables['idempotency']>;

const firstKept = prepared((db, row: First) =>
  db.insertInto('idempotency').values({
    user_id: row.user_id,
    key: row.key,
    endpoint: row.endpoint,
    payload_hash: row.payload_hash,
    reply: row.reply,
    at: row.at,
  }),
);

export async function keepFirst(db: Connection, row: First): Promise<void> {
  await firstKept(db, row);
}
