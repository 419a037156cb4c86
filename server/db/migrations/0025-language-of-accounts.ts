import type { Kysely } from 'kysely';
import { columnTypes } from './portable.ts';

/** The language in which a person reads the interface; null until they choose one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text } = columnTypes(db);
  await db.schema.alterTable('user').addColumn('language', text).execute();
}
