import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import { appendOnly, columnTypes, createStrict } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const run = (column: ColumnDefinitionBuilder) => required(column).references('analysis_run.id');

/** Every run of an analysis, with the plan and the data it took, what came of it, and whether it was reported. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  const { schema } = db;
  const study = (column: ColumnDefinitionBuilder) => required(column).references('study.id');
  await createStrict(
    db,
    schema
      .createTable('analysis_material')
      .addColumn('study_id', text, study)
      .addColumn('sha256', text, required)
      .addColumn('content', text, required)
      .addPrimaryKeyConstraint('analysis_material_key', ['study_id', 'sha256']),
  );
  await createStrict(
    db,
    schema
      .createTable('analysis_run')
      .addColumn('id', text, (column) => required(column).primaryKey())
      .addColumn('study_id', text, study)
      .addColumn('number', integer, required)
      .addColumn('label', text, required)
      .addColumn('per_plan', integer, required)
      .addColumn('estimand', text)
      .addColumn('choice', text)
      .addColumn('analyses', integer, required)
      .addColumn('plan_sha256', text, required)
      .addColumn('data_sha256', text, required)
      .addColumn('cut_off', text, required)
      .addColumn('data_state', text, required)
      .addColumn('participants', integer, required)
      .addColumn('study_version', integer, required)
      .addColumn('code_version', text, required)
      .addColumn('seed', integer, required)
      .addColumn('started_at', text, required)
      .addColumn('started_by', text, required)
      .addColumn('starter_name', text, required)
      .addUniqueConstraint('analysis_run_number', ['study_id', 'number']),
  );
  await createStrict(
    db,
    schema
      .createTable('analysis_outcome')
      .addColumn('run_id', text, (column) => run(column).primaryKey())
      .addColumn('status', text, required)
      .addColumn('ended_at', text, required)
      .addColumn('failure', text)
      .addColumn('results', text)
      .addColumn('results_sha256', text),
  );
  await createStrict(
    db,
    schema
      .createTable('analysis_mark')
      .addColumn('run_id', text, run)
      .addColumn('version', integer, required)
      .addColumn('reported', integer, required)
      .addColumn('reason', text, required)
      .addColumn('at', text, required)
      .addColumn('by', text, required)
      .addColumn('by_name', text, required)
      .addPrimaryKeyConstraint('analysis_mark_key', ['run_id', 'version']),
  );
  for (const table of ['analysis_material', 'analysis_run', 'analysis_outcome', 'analysis_mark'])
    await appendOnly(db, table);
}
