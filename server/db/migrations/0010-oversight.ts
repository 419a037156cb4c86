import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import { appendOnly, columnTypes, createStrict } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

/** Freezes and locks; signatures with the versions that they stand under; what was checked against the source. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  const study = (column: ColumnDefinitionBuilder) => required(column).references('study.id');
  const participant = (column: ColumnDefinitionBuilder) => required(column).references('participant.id');
  const form = (column: ColumnDefinitionBuilder) => required(column).references('form.id');
  const { schema } = db;
  await createStrict(
    db,
    schema
      .createTable('data_hold')
      .addColumn('id', text, key)
      .addColumn('study_id', text, study)
      .addColumn('kind', text, (column) => required(column).check(sql`kind in ('frozen', 'locked')`))
      .addColumn('site', text)
      .addColumn('participant_id', text, (column) => column.references('participant.id'))
      .addColumn('visit', text)
      .addColumn('instrument', text)
      .addColumn('reason', text, required)
      .addColumn('left_open', text)
      .addColumn('placed_at', text, required)
      .addColumn('placed_by', text, required)
      .addColumn('lifted_at', text)
      .addColumn('lifted_by', text)
      .addColumn('lifted_reason', text),
  );
  await schema.createIndex('data_hold_in_force').on('data_hold').columns(['study_id', 'lifted_at']).execute();

  await createStrict(
    db,
    schema
      .createTable('signature')
      .addColumn('id', text, key)
      .addColumn('study_id', text, study)
      .addColumn('participant_id', text, participant)
      .addColumn('visit', text)
      .addColumn('instrument', text)
      .addColumn('meaning', text, required)
      .addColumn('printed_name', text, required)
      .addColumn('role', text, required)
      .addColumn('content_hash', text, required)
      .addColumn('signed_at', text, required)
      .addColumn('signed_by', text, required),
  );
  await appendOnly(db, 'signature');
  await schema.createIndex('signature_participant').on('signature').column('participant_id').execute();
  await createStrict(
    db,
    schema
      .createTable('signature_form')
      .addColumn('signature_id', text, (column) => required(column).references('signature.id'))
      .addColumn('form_id', text, form)
      .addColumn('version', integer, required)
      .addColumn('hash', text, required)
      .addPrimaryKeyConstraint('signature_form_key', ['signature_id', 'form_id']),
  );
  await appendOnly(db, 'signature_form');

  await createStrict(
    db,
    schema
      .createTable('source_verification')
      .addColumn('id', text, key)
      .addColumn('study_id', text, study)
      .addColumn('participant_id', text, participant)
      .addColumn('form_id', text, (column) => column.references('form.id'))
      .addColumn('item', text)
      .addColumn('number', integer, required)
      .addColumn('version', integer, required)
      .addColumn('verified', integer, (column) => required(column).check(sql`verified in (0, 1)`))
      .addColumn('marked_at', text, required)
      .addColumn('marked_by', text, required)
      .addUniqueConstraint('source_verification_number', ['study_id', 'number']),
  );
  await appendOnly(db, 'source_verification');
  await schema
    .createIndex('source_verification_participant')
    .on('source_verification')
    .column('participant_id')
    .execute();
}
