import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import { appendOnly, columnTypes, createStrict } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

/** Owners, versions and kinds of message of queries; second entries of forms and what was decided where they differ. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  const { schema } = db;
  const one = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(1);
  const none = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0);

  await schema.alterTable('query').addColumn('version', integer, one).execute();
  await schema.alterTable('query').addColumn('owner_id', text).execute();
  await schema.alterTable('query').addColumn('owner_role', text).execute();
  await schema.alterTable('query').addColumn('cause', text).execute();
  await sql`
    update query set cause = case when item is null then 'window' else 'expected' end
    where automatic = 1`.execute(db);
  await schema
    .alterTable('query_message')
    .addColumn('act', text, (column) => column.notNull().defaultTo('reply'))
    .execute();
  await schema.alterTable('query_message').addColumn('automatic', integer, none).execute();

  await createStrict(
    db,
    schema
      .createTable('second_entry')
      .addColumn('id', text, key)
      .addColumn('participant_id', text, (column) => required(column).references('participant.id'))
      .addColumn('visit', text, required)
      .addColumn('instrument', text, required)
      .addColumn('status', text, required)
      .addColumn('version', integer, required)
      .addColumn('assessed_on', text)
      .addColumn('answers', text, required)
      .addColumn('saved_at', text, required)
      .addColumn('saved_by', text, required)
      .addColumn('first_version', integer)
      .addColumn('completed_at', text)
      .addColumn('settled_at', text)
      .addColumn('settled_by', text)
      .addColumn('settled_version', integer)
      .addUniqueConstraint('second_entry_place', ['participant_id', 'visit', 'instrument']),
  );
  await createStrict(
    db,
    schema
      .createTable('second_entry_version')
      .addColumn('entry_id', text, (column) => required(column).references('second_entry.id'))
      .addColumn('version', integer, required)
      .addColumn('status', text, required)
      .addColumn('assessed_on', text)
      .addColumn('answers', text, required)
      .addColumn('study_version', integer, required)
      .addColumn('saved_at', text, required)
      .addColumn('saved_by', text, required)
      .addPrimaryKeyConstraint('second_entry_version_key', ['entry_id', 'version']),
  );
  await appendOnly(db, 'second_entry_version');
  await createStrict(
    db,
    schema
      .createTable('second_entry_decision')
      .addColumn('entry_id', text, (column) => required(column).references('second_entry.id'))
      .addColumn('field', text, required)
      .addColumn('choice', text, required)
      .addColumn('value', text)
      .addColumn('reason', text)
      .addColumn('decided_at', text, required)
      .addColumn('decided_by', text, required)
      .addPrimaryKeyConstraint('second_entry_decision_key', ['entry_id', 'field']),
  );
  await appendOnly(db, 'second_entry_decision');
}
