import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import { columnTypes, createStrict, onPostgres } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

/** Studies, the versions of their documents, who is a member of which, and what the server remembers of itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);

  // Every writing transaction locks this empty table first; SQLite has a writer's lock of its own.
  if (onPostgres(db)) await sql`create table write_gate ()`.execute(db);

  await createStrict(
    db,
    db.schema
      .createTable('study')
      .addColumn('id', text, key)
      .addColumn('code', text, (column) => required(column).unique())
      .addColumn('synthetic', integer, (column) => required(column).check(sql`synthetic in (0, 1)`))
      .addColumn('synthetic_note', text)
      .addColumn('created_at', text, required)
      .addColumn('changed_at', text, required),
  );

  await createStrict(
    db,
    db.schema
      .createTable('study_version')
      .addColumn('study_id', text, (column) => required(column).references('study.id'))
      .addColumn('number', integer, required)
      .addColumn('document', text, required)
      .addColumn('hash', text, required)
      .addColumn('instruments', text, required)
      .addColumn('activated_at', text, required)
      .addColumn('activated_by', text)
      .addPrimaryKeyConstraint('study_version_key', ['study_id', 'number']),
  );

  await createStrict(
    db,
    db.schema
      .createTable('membership')
      .addColumn('id', text, key)
      .addColumn('user_id', text, (column) => required(column).references('user.id'))
      .addColumn('study_id', text, (column) => required(column).references('study.id'))
      .addColumn('role', text, required)
      .addColumn('site', text)
      .addColumn('granted_at', text, required)
      .addColumn('granted_by', text)
      .addColumn('revoked_at', text)
      .addColumn('revoked_by', text),
  );
  await sql`
    create unique index membership_active on membership (user_id, study_id, role, coalesce(site, ''))
    where revoked_at is null`.execute(db);
  await db.schema.createIndex('membership_study').on('membership').columns(['study_id', 'user_id']).execute();

  await createStrict(
    db,
    db.schema.createTable('setting').addColumn('name', text, key).addColumn('value', text, required),
  );
}
