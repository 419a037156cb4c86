import type { Insertable } from 'kysely';
import type { Connection } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export async function lettersOfStudy(db: Connection, study: string) {
  return db
    .selectFrom('arm_letter')
    .select(['letter', 'sealed_arm'])
    .where('study_id', '=', study)
    .orderBy('letter')
    .execute();
}

export async function insertLetters(
  db: Connection,
  rows: readonly Insertable<Tables['arm_letter']>[],
): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto('arm_letter')
      .values([...rows])
      .execute();
}
