import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import { appendOnly, columnTypes, createStrict } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

/** The audit trail (append-only), and the first result of each write that a client named with a key. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);

  await createStrict(
    db,
    db.schema
      .createTable('audit')
      .addColumn('study_id', text, (column) => required(column).references('study.id'))
      .addColumn('seq', integer, required)
      .addColumn('at', text, required)
      .addColumn('user_id', text, required)
      .addColumn('user_name', text, required)
      .addColumn('role', text)
      .addColumn('action', text, required)
      .addColumn('subject', text, required)
      .addColumn('before', text)
      .addColumn('after', text)
      .addColumn('reason', text)
      .addColumn('study_version', integer, required)
      .addColumn('previous_hash', text, required)
      .addColumn('hash', text, required)
      .addPrimaryKeyConstraint('audit_key', ['study_id', 'seq']),
  );
  await db.schema.createIndex('audit_subject').on('audit').columns(['study_id', 'subject', 'seq']).execute();
  await appendOnly(db, 'audit');

  await createStrict(
    db,
    db.schema
      .createTable('idempotency')
      .addColumn('user_id', text, required)
      .addColumn('key', text, required)
      .addColumn('endpoint', text, required)
      .addColumn('payload_hash', text, required)
      .addColumn('reply', text, required)
      .addColumn('at', text, required)
      .addPrimaryKeyConstraint('idempotency_key', ['user_id', 'key']),
  );
}
