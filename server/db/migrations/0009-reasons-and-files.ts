import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import { appendOnly, columnTypes, createStrict, onPostgres } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

/** Reasons for unusual answers with each version of a form, and the files that were uploaded for items. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  const bytes = onPostgres(db) ? sql`bytea` : sql`blob`;
  await db.schema.alterTable('form').addColumn('reasons', text).execute();
  await db.schema.alterTable('form_version').addColumn('reasons', text).execute();
  await createStrict(
    db,
    db.schema
      .createTable('form_file')
      .addColumn('id', text, key)
      .addColumn('participant_id', text, (column) => required(column).references('participant.id'))
      .addColumn('visit', text, required)
      .addColumn('instrument', text, required)
      .addColumn('item', text, required)
      .addColumn('name', text, required)
      .addColumn('type', text, required)
      .addColumn('size', integer, required)
      .addColumn('sha256', text, required)
      .addColumn('content', bytes, required)
      .addColumn('uploaded_at', text, required)
      .addColumn('uploaded_by', text, required),
  );
  await db.schema
    .createIndex('form_file_place')
    .on('form_file')
    .columns(['participant_id', 'visit', 'instrument'])
    .execute();
  await appendOnly(db, 'form_file');
}
