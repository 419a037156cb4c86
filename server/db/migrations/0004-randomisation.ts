import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import { appendOnly, columnTypes, createStrict } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

/** Randomisation designs and the allocation log, both append-only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  const study = (column: ColumnDefinitionBuilder) => required(column).references('study.id');

  await createStrict(
    db,
    db.schema
      .createTable('randomisation_design')
      .addColumn('study_id', text, study)
      .addColumn('epoch', integer, required)
      .addColumn('design', text, required)
      .addColumn('design_hash', text, required)
      .addColumn('commitment', text, required)
      .addColumn('sealed_secret', text, required)
      .addColumn('beacon', text)
      .addColumn('retired', text)
      .addColumn('activated_at', text, required)
      .addPrimaryKeyConstraint('randomisation_design_key', ['study_id', 'epoch']),
  );
  await appendOnly(db, 'randomisation_design');

  await createStrict(
    db,
    db.schema
      .createTable('allocation')
      .addColumn('study_id', text, study)
      .addColumn('number', integer, required)
      .addColumn('participant_id', text, (column) => required(column).references('participant.id').unique())
      .addColumn('epoch', integer, required)
      .addColumn('source', text, required)
      .addColumn('stratum', text, required)
      .addColumn('arm', text, required)
      .addColumn('entry', text, required)
      .addColumn('previous_hash', text, required)
      .addColumn('hash', text, required)
      .addColumn('study_version', integer, required)
      .addColumn('allocated_at', text, required)
      .addColumn('allocated_by', text, required)
      .addPrimaryKeyConstraint('allocation_number', ['study_id', 'number'])
      .addUniqueConstraint('allocation_participant', ['study_id', 'participant_id']),
  );
  await appendOnly(db, 'allocation');
}
