import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import { appendOnly, columnTypes, createStrict } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

/**
 * Second factors, counted attempts, invitations, links to a new password, disabled accounts, mail that waits, and the
 * append-only account log. The accounts library's own counter was never used and goes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer, real } = columnTypes(db);
  const { schema } = db;
  const user = (column: ColumnDefinitionBuilder) => column.references('user.id').onDelete('cascade');
  const study = (column: ColumnDefinitionBuilder) => required(column).references('study.id');
  const tables = [
    schema
      .createTable('second_factor')
      .addColumn('user_id', text, (column) => user(key(column)))
      .addColumn('secret', text, required)
      .addColumn('made_at', text, required)
      .addColumn('confirmed_at', text)
      .addColumn('last_step', integer, required),
    schema
      .createTable('backup_code')
      .addColumn('user_id', text, (column) => user(required(column)))
      .addColumn('hash', text, required)
      .addColumn('used_at', text)
      .addPrimaryKeyConstraint('backup_code_key', ['user_id', 'hash']),
    schema
      .createTable('second_factor_rule')
      .addColumn('study_id', text, study)
      .addColumn('role', text, required)
      .addColumn('set_at', text, required)
      .addColumn('set_by', text, required)
      .addPrimaryKeyConstraint('second_factor_rule_key', ['study_id', 'role']),
    schema
      .createTable('attempt_count')
      .addColumn('key', text, key)
      .addColumn('level', real, required)
      .addColumn('at', text, required)
      .addColumn('blocked_until', text),
    schema
      .createTable('disabled_account')
      .addColumn('user_id', text, (column) => user(key(column)))
      .addColumn('disabled_at', text, required)
      .addColumn('disabled_by', text, required),
    schema
      .createTable('invitation')
      .addColumn('id', text, key)
      .addColumn('study_id', text, study)
      .addColumn('email', text, required)
      .addColumn('name', text, required)
      .addColumn('role', text, required)
      .addColumn('site', text)
      .addColumn('token_hash', text, (column) => required(column).unique())
      .addColumn('made_at', text, required)
      .addColumn('made_by', text, required)
      .addColumn('sent_at', text, required)
      .addColumn('expires_at', text, required)
      .addColumn('accepted_at', text)
      .addColumn('accepted_by', text)
      .addColumn('revoked_at', text)
      .addColumn('revoked_by', text),
    schema
      .createTable('password_link')
      .addColumn('token_hash', text, key)
      .addColumn('user_id', text, (column) => user(required(column)))
      .addColumn('made_at', text, required)
      .addColumn('expires_at', text, required)
      .addColumn('used_at', text),
    schema
      .createTable('mail_outbox')
      .addColumn('id', text, key)
      .addColumn('recipient', text, required)
      .addColumn('subject', text, required)
      .addColumn('body', text)
      .addColumn('queued_at', text, required)
      .addColumn('tries', integer, required)
      .addColumn('next_at', text)
      .addColumn('sent_at', text)
      .addColumn('last_error', text),
    schema
      .createTable('account_log')
      .addColumn('seq', integer, key)
      .addColumn('at', text, required)
      .addColumn('action', text, required)
      .addColumn('actor_id', text)
      .addColumn('actor_name', text, required)
      .addColumn('subject_id', text)
      .addColumn('subject_name', text)
      .addColumn('study_id', text)
      .addColumn('detail', text)
      .addColumn('address', text)
      .addColumn('previous_hash', text, required)
      .addColumn('hash', text, required),
  ] as const;
  for (const table of tables) await createStrict(db, table);
  await schema.createIndex('attempt_count_at').on('attempt_count').column('at').execute();
  await schema.createIndex('invitation_study').on('invitation').columns(['study_id', 'made_at']).execute();
  await schema.createIndex('mail_outbox_next').on('mail_outbox').column('next_at').execute();
  await schema.createIndex('account_log_subject').on('account_log').columns(['subject_id', 'seq']).execute();
  await schema.createIndex('account_log_study').on('account_log').columns(['study_id', 'seq']).execute();
  await appendOnly(db, 'account_log');
  await schema.dropTable('rateLimit').execute();
}
