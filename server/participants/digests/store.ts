import type { Insertable } from 'kysely';
import type { Connection } from '../../db/database.ts';
import type { Tables } from '../../db/schema.ts';

/** Who has one of these digests in the study. */
export async function findDigests(db: Connection, study: string, digests: readonly string[]) {
  if (digests.length === 0) return [];
  return db
    .selectFrom('identity_digest')
    .innerJoin('participant', 'participant.id', 'identity_digest.participant_id')
    .select(['identity_digest.kind', 'participant.code'])
    .where('identity_digest.study_id', '=', study)
    .where('identity_digest.digest', 'in', digests)
    .orderBy('participant.code')
    .execute();
}

export async function insertDigest(
  db: Connection,
  row: Insertable<Tables['identity_digest']>,
): Promise<void> {
  await db.insertInto('identity_digest').values(row).execute();
}
