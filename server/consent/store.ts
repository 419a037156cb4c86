import type { Insertable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export async function readConsent(db: Connection, participant: string) {
  return db.selectFrom('consent').selectAll().where('participant_id', '=', participant).executeTakeFirst();
}

export async function writeConsent(db: Connection, row: Insertable<Tables['consent']>): Promise<void> {
  const { participant_id: _, ...values } = row;
  await db
    .insertInto('consent')
    .values(row)
    .onConflict((clash) => clash.column('participant_id').doUpdateSet(values))
    .execute();
}
