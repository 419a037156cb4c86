import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import { appendOnly, columnTypes, createStrict } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

/** Letters that stand for arms; snapshots for the monitoring board, its sign-in step, and the unmasking of letters. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  const { schema } = db;
  const study = (column: ColumnDefinitionBuilder) => required(column).references('study.id');
  await createStrict(
    db,
    schema
      .createTable('arm_letter')
      .addColumn('study_id', text, study)
      .addColumn('letter', text, required)
      .addColumn('sealed_arm', text, required)
      .addColumn('drawn_at', text, required)
      .addPrimaryKeyConstraint('arm_letter_key', ['study_id', 'letter']),
  );
  await createStrict(
    db,
    schema
      .createTable('board_snapshot')
      .addColumn('id', text, key)
      .addColumn('study_id', text, study)
      .addColumn('number', integer, required)
      .addColumn('content', text, required)
      .addColumn('sha256', text, required)
      .addColumn('note', text, required)
      .addColumn('cut_off', text, required)
      .addColumn('participants', integer, required)
      .addColumn('study_version', integer, required)
      .addColumn('code_version', text, required)
      .addColumn('prepared_at', text, required)
      .addColumn('prepared_by', text, required)
      .addColumn('preparer_name', text, required)
      .addUniqueConstraint('board_snapshot_number', ['study_id', 'number']),
  );
  await createStrict(
    db,
    schema
      .createTable('board_confirmation')
      .addColumn('id', text, key)
      .addColumn('study_id', text, study)
      .addColumn('user_id', text, required)
      .addColumn('session_id', text, required)
      .addColumn('confirmed_at', text, required)
      .addColumn('until', text, required),
  );
  await schema
    .createIndex('board_confirmation_session')
    .on('board_confirmation')
    .columns(['session_id', 'study_id'])
    .execute();
  await createStrict(
    db,
    schema
      .createTable('board_unmasking')
      .addColumn('id', text, key)
      .addColumn('study_id', text, study)
      .addColumn('reason', text, required)
      .addColumn('requested_at', text, required)
      .addColumn('requested_by', text, required),
  );
  await createStrict(
    db,
    schema
      .createTable('board_unmasking_opened')
      .addColumn('unmasking_id', text, (column) => key(column).references('board_unmasking.id'))
      .addColumn('opened_at', text, required)
      .addColumn('opened_by', text, required),
  );
  for (const table of [
    'arm_letter',
    'board_snapshot',
    'board_confirmation',
    'board_unmasking',
    'board_unmasking_opened',
  ])
    await appendOnly(db, table);
}
