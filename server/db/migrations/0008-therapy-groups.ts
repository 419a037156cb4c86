import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import { columnTypes, createStrict } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

/** Therapists, therapy groups and who is with them since randomisation. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  const study = (column: ColumnDefinitionBuilder) => required(column).references('study.id');
  const { schema } = db;
  await createStrict(
    db,
    schema
      .createTable('therapist')
      .addColumn('id', text, key)
      .addColumn('study_id', text, study)
      .addColumn('site', text, required)
      .addColumn('name', text, required)
      .addColumn('added_at', text, required)
      .addColumn('added_by', text, required)
      .addUniqueConstraint('therapist_name', ['study_id', 'site', 'name']),
  );
  await createStrict(
    db,
    schema
      .createTable('therapy_group')
      .addColumn('id', text, key)
      .addColumn('study_id', text, study)
      .addColumn('site', text, required)
      .addColumn('arm', text, required)
      .addColumn('name', text, required)
      .addColumn('therapist_id', text, (column) => column.references('therapist.id'))
      .addColumn('starts_on', text, required)
      .addColumn('seats', integer, required)
      .addColumn('added_at', text, required)
      .addColumn('added_by', text, required)
      .addUniqueConstraint('therapy_group_name', ['study_id', 'site', 'name']),
  );
  await createStrict(
    db,
    schema
      .createTable('therapy_membership')
      .addColumn('id', text, key)
      .addColumn('participant_id', text, (column) => required(column).references('participant.id'))
      .addColumn('group_id', text, (column) => column.references('therapy_group.id'))
      .addColumn('therapist_id', text, (column) => column.references('therapist.id'))
      .addColumn('from_day', text, required)
      .addColumn('until_day', text)
      .addColumn('entered_at', text, required)
      .addColumn('entered_by', text, required),
  );
  await schema
    .createIndex('therapy_membership_participant')
    .on('therapy_membership')
    .column('participant_id')
    .execute();
  await schema.createIndex('therapy_membership_group').on('therapy_membership').column('group_id').execute();
}
