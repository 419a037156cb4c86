import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import { appendOnly, columnTypes, createStrict } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

/** Sealed identities apart from the research data, and planned reviews of the audit trail. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  const { schema } = db;
  const study = (column: ColumnDefinitionBuilder) => required(column).references('study.id');
  const participant = (column: ColumnDefinitionBuilder) => required(column).references('participant.id');
  await createStrict(
    db,
    schema
      .createTable('identity_record')
      .addColumn('participant_id', text, (column) => participant(column).primaryKey())
      .addColumn('study_id', text, study)
      .addColumn('key_name', text)
      .addColumn('sealed_key', text)
      .addColumn('box', text)
      .addColumn('version', integer, required)
      .addColumn('written_at', text, required)
      .addColumn('written_by', text, required)
      .addColumn('erased_at', text)
      .addColumn('erased_by', text),
  );
  await schema
    .createIndex('identity_record_key')
    .on('identity_record')
    .columns(['study_id', 'key_name', 'participant_id'])
    .execute();
  await createStrict(
    db,
    schema
      .createTable('identity_term')
      .addColumn('participant_id', text, participant)
      .addColumn('study_id', text, study)
      .addColumn('digest', text, required)
      .addPrimaryKeyConstraint('identity_term_key', ['participant_id', 'digest']),
  );
  await schema
    .createIndex('identity_term_digest')
    .on('identity_term')
    .columns(['study_id', 'digest'])
    .execute();
  await createStrict(
    db,
    schema
      .createTable('audit_review_plan')
      .addColumn('id', text, key)
      .addColumn('study_id', text, study)
      .addColumn('scope', text, required)
      .addColumn('reviewer', text, required)
      .addColumn('every_days', integer, required)
      .addColumn('first_due', text, required)
      .addColumn('version', integer, required)
      .addColumn('planned_at', text, required)
      .addColumn('planned_by', text, required)
      .addColumn('ended_at', text)
      .addColumn('ended_by', text),
  );
  await schema.createIndex('audit_review_plan_study').on('audit_review_plan').column('study_id').execute();
  await createStrict(
    db,
    schema
      .createTable('audit_review')
      .addColumn('id', text, key)
      .addColumn('study_id', text, study)
      .addColumn('plan_id', text, (column) => column.references('audit_review_plan.id'))
      .addColumn('from_day', text, required)
      .addColumn('until_day', text, required)
      .addColumn('looked_at', text, required)
      .addColumn('outcome', text, required)
      .addColumn('findings', text, required)
      .addColumn('trail_seq', integer, required)
      .addColumn('trail_hash', text, required)
      .addColumn('reviewed_at', text, required)
      .addColumn('reviewed_by', text, required)
      .addColumn('reviewer_name', text, required),
  );
  await schema
    .createIndex('audit_review_study')
    .on('audit_review')
    .columns(['study_id', 'reviewed_at'])
    .execute();
  await appendOnly(db, 'audit_review');
  await schema.createIndex('audit_action').on('audit').columns(['study_id', 'action', 'seq']).execute();
  await schema
    .createIndex('participant_screened')
    .on('participant')
    .columns(['study_id', 'screened_on'])
    .execute();
  await schema.createIndex('allocation_at').on('allocation').columns(['study_id', 'allocated_at']).execute();
}
