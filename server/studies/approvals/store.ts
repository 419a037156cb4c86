import type { Insertable } from 'kysely';
import type { Connection } from '../../db/database.ts';
import type { Tables } from '../../db/schema.ts';

/** Documents of the study's approvals, without what is in them, in the order in which they came. */
export async function documentsOf(db: Connection, study: string) {
  return db
    .selectFrom('approval_document')
    .select(['id', 'number', 'site', 'name', 'type', 'size', 'sha256', 'uploaded_at', 'uploaded_by'])
    .where('study_id', '=', study)
    .orderBy('uploaded_at')
    .orderBy('id')
    .execute();
}

export async function documentWithContent(
  db: Connection,
  of: { study: string; number: number; site: string; id: string },
) {
  return db
    .selectFrom('approval_document')
    .select(['name', 'content'])
    .where('study_id', '=', of.study)
    .where('number', '=', of.number)
    .where('site', '=', of.site)
    .where('id', '=', of.id)
    .executeTakeFirst();
}

export async function insertDocument(
  db: Connection,
  row: Insertable<Tables['approval_document']>,
): Promise<void> {
  await db.insertInto('approval_document').values(row).execute();
}
