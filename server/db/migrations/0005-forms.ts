import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import { appendOnly, columnTypes, createStrict } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

/** Forms, every version of their answers (append-only), safety alerts and queries. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer, real } = columnTypes(db);
  const participant = (column: ColumnDefinitionBuilder) => required(column).references('participant.id');
  const form = (column: ColumnDefinitionBuilder) => required(column).references('form.id');

  await createStrict(
    db,
    db.schema
      .createTable('form')
      .addColumn('id', text, key)
      .addColumn('participant_id', text, participant)
      .addColumn('visit', text, required)
      .addColumn('instrument', text, required)
      .addColumn('status', text, required)
      .addColumn('version', integer, required)
      .addColumn('assessed_on', text)
      .addColumn('late_reason', text)
      .addColumn('answers', text, required)
      .addColumn('saved_at', text, required)
      .addColumn('saved_by', text, required)
      .addUniqueConstraint('form_place', ['participant_id', 'visit', 'instrument']),
  );

  await createStrict(
    db,
    db.schema
      .createTable('form_version')
      .addColumn('form_id', text, form)
      .addColumn('version', integer, required)
      .addColumn('status', text, required)
      .addColumn('assessed_on', text)
      .addColumn('late_reason', text)
      .addColumn('answers', text, required)
      .addColumn('reason', text)
      .addColumn('study_version', integer, required)
      .addColumn('saved_at', text, required)
      .addColumn('saved_by', text, required)
      .addPrimaryKeyConstraint('form_version_key', ['form_id', 'version']),
  );
  await appendOnly(db, 'form_version');

  await createStrict(
    db,
    db.schema
      .createTable('safety_alert')
      .addColumn('id', text, key)
      .addColumn('form_id', text, form)
      .addColumn('item', text, required)
      .addColumn('value', real, required)
      .addColumn('opened_at', text, required)
      .addColumn('resolved_at', text)
      .addColumn('resolved_by', text)
      .addColumn('resolution', text),
  );
  await db.schema.createIndex('safety_alert_form').on('safety_alert').column('form_id').execute();

  await createStrict(
    db,
    db.schema
      .createTable('query')
      .addColumn('id', text, key)
      .addColumn('study_id', text, (column) => required(column).references('study.id'))
      .addColumn('number', integer, required)
      .addColumn('participant_id', text, participant)
      .addColumn('visit', text)
      .addColumn('instrument', text)
      .addColumn('item', text)
      .addColumn('status', text, required)
      .addColumn('automatic', integer, (column) => required(column).check(sql`automatic in (0, 1)`))
      .addColumn('text', text, required)
      .addColumn('opened_at', text, required)
      .addColumn('opened_by', text, required)
      .addColumn('closed_at', text)
      .addColumn('closed_by', text)
      .addUniqueConstraint('query_number', ['study_id', 'number']),
  );
  await db.schema
    .createIndex('query_participant')
    .on('query')
    .columns(['participant_id', 'status'])
    .execute();
  await db.schema.createIndex('query_status').on('query').columns(['study_id', 'status']).execute();

  await createStrict(
    db,
    db.schema
      .createTable('query_message')
      .addColumn('id', text, key)
      .addColumn('query_id', text, (column) => required(column).references('query.id'))
      .addColumn('text', text, required)
      .addColumn('sent_at', text, required)
      .addColumn('sent_by', text, required),
  );
  await db.schema
    .createIndex('query_message_query')
    .on('query_message')
    .columns(['query_id', 'sent_at'])
    .execute();
}
