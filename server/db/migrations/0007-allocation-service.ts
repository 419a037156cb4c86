import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import { appendOnly, columnTypes, createStrict } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

/** Corrections, beacons, the reveal, emergency unblinding and digests against double registration: all append-only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  const study = (column: ColumnDefinitionBuilder) => required(column).references('study.id');
  const participant = (column: ColumnDefinitionBuilder) => required(column).references('participant.id');
  const { schema } = db;
  const tables = [
    schema
      .createTable('allocation_correction')
      .addColumn('study_id', text, study)
      .addColumn('number', integer, required)
      .addColumn('participant_id', text, participant)
      .addColumn('after_allocation', integer, required)
      .addColumn('epoch', integer, required)
      .addColumn('entry', text, required)
      .addColumn('previous_hash', text, required)
      .addColumn('hash', text, required)
      .addColumn('reason', text, required)
      .addColumn('corrected_at', text, required)
      .addColumn('corrected_by', text, required)
      .addPrimaryKeyConstraint('allocation_correction_number', ['study_id', 'number']),
    schema
      .createTable('randomisation_beacon')
      .addColumn('study_id', text, study)
      .addColumn('epoch', integer, required)
      .addColumn('value', text, required)
      .addColumn('entered_at', text, required)
      .addColumn('entered_by', text, required)
      .addPrimaryKeyConstraint('randomisation_beacon_key', ['study_id', 'epoch']),
    schema
      .createTable('randomisation_reveal')
      .addColumn('study_id', text, (column) => study(column).primaryKey())
      .addColumn('reason', text, required)
      .addColumn('revealed_at', text, required)
      .addColumn('revealed_by', text, required),
    schema
      .createTable('unblinding')
      .addColumn('id', text, (column) => required(column).primaryKey())
      .addColumn('study_id', text, study)
      .addColumn('participant_id', text, participant)
      .addColumn('reason', text, required)
      .addColumn('requested_at', text, required)
      .addColumn('requested_by', text, required),
    schema
      .createTable('unblinding_opened')
      .addColumn('unblinding_id', text, (column) => required(column).references('unblinding.id').primaryKey())
      .addColumn('opened_at', text, required)
      .addColumn('opened_by', text, required),
    schema
      .createTable('identity_digest')
      .addColumn('participant_id', text, participant)
      .addColumn('study_id', text, study)
      .addColumn('kind', text, required)
      .addColumn('digest', text, required)
      .addPrimaryKeyConstraint('identity_digest_key', ['participant_id', 'kind']),
  ] as const;
  for (const table of tables) await createStrict(db, table);
  for (const name of [
    'allocation_correction',
    'randomisation_beacon',
    'randomisation_reveal',
    'unblinding',
    'unblinding_opened',
  ])
    await appendOnly(db, name);
  await schema
    .createIndex('unblinding_study')
    .on('unblinding')
    .columns(['study_id', 'requested_at'])
    .execute();
  await schema
    .createIndex('identity_digest_lookup')
    .on('identity_digest')
    .columns(['study_id', 'digest'])
    .execute();
}
