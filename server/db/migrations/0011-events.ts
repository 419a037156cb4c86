import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import { appendOnly, columnTypes, createStrict } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();
const flag = (name: string) => (column: ColumnDefinitionBuilder) =>
  column
    .notNull()
    .defaultTo(0)
    .check(sql`${sql.ref(name)} in (0, 1)`);

/**
 * Events are corrected by versions; a withdrawal says what stops; and harms, deviations, medication, sessions and
 * fidelity ratings are records with versions.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  const { schema } = db;
  const study = (column: ColumnDefinitionBuilder) => required(column).references('study.id');
  const participant = (column: ColumnDefinitionBuilder) => required(column).references('participant.id');

  await schema
    .alterTable('event')
    .addColumn('version', integer, (column) => column.notNull().defaultTo(1))
    .execute();
  await schema.alterTable('event').addColumn('until_day', text).execute();
  await schema.alterTable('event').addColumn('struck', integer, flag('struck')).execute();
  await createStrict(
    db,
    schema
      .createTable('event_version')
      .addColumn('event_id', text, (column) => required(column).references('event.id'))
      .addColumn('version', integer, required)
      .addColumn('on_day', text, required)
      .addColumn('until_day', text)
      .addColumn('detail', text, required)
      .addColumn('struck', integer, required)
      .addColumn('reason', text)
      .addColumn('study_version', integer, required)
      .addColumn('saved_at', text, required)
      .addColumn('saved_by', text, required)
      .addPrimaryKeyConstraint('event_version_key', ['event_id', 'version']),
  );
  await sql`
    insert into event_version
      (event_id, version, on_day, until_day, detail, struck, reason, study_version, saved_at, saved_by)
    select e.id, 1, e.on_day, null, e.detail, 0, null,
      coalesce((select max(v.number) from study_version v where v.study_id = p.study_id and v.activated_at <= e.recorded_at), 1),
      e.recorded_at, e.recorded_by
    from event e join participant p on p.id = e.participant_id`.execute(db);
  await appendOnly(db, 'event_version');

  await createStrict(
    db,
    schema
      .createTable('withdrawal')
      .addColumn('id', text, key)
      .addColumn('participant_id', text, participant)
      .addColumn('number', integer, required)
      .addColumn('on_day', text, required)
      .addColumn('asked_by', text)
      .addColumn('reason', text)
      .addColumn('stops', text, required)
      .addColumn('detail', text, required)
      .addColumn('recorded_at', text, required)
      .addColumn('recorded_by', text, required)
      .addUniqueConstraint('withdrawal_number', ['participant_id', 'number']),
  );
  await sql`
    insert into withdrawal
      (id, participant_id, number, on_day, asked_by, reason, stops, detail, recorded_at, recorded_by)
    select id, participant_id,
      row_number() over (partition by participant_id order by recorded_at, id),
      on_day, null, loss_reason, '["treatment","assessments","contact"]', detail, recorded_at, recorded_by
    from event where kind = 'withdrawal'`.execute(db);
  await appendOnly(db, 'withdrawal');

  await createStrict(
    db,
    schema
      .createTable('study_record')
      .addColumn('id', text, key)
      .addColumn('study_id', text, study)
      .addColumn('kind', text, required)
      .addColumn('site', text, required)
      .addColumn('participant_id', text, (column) => column.references('participant.id'))
      .addColumn('sheet', text)
      .addColumn('version', integer, required)
      .addColumn('struck', integer, flag('struck'))
      .addColumn('content', text, required)
      .addColumn('created_at', text, required)
      .addColumn('created_by', text, required)
      .addColumn('saved_at', text, required)
      .addColumn('saved_by', text, required),
  );
  await schema.createIndex('study_record_kind').on('study_record').columns(['study_id', 'kind']).execute();
  await schema
    .createIndex('study_record_participant')
    .on('study_record')
    .columns(['participant_id', 'kind'])
    .execute();
  await createStrict(
    db,
    schema
      .createTable('record_version')
      .addColumn('record_id', text, (column) => required(column).references('study_record.id'))
      .addColumn('version', integer, required)
      .addColumn('struck', integer, required)
      .addColumn('content', text, required)
      .addColumn('reason', text)
      .addColumn('study_version', integer, required)
      .addColumn('saved_at', text, required)
      .addColumn('saved_by', text, required)
      .addPrimaryKeyConstraint('record_version_key', ['record_id', 'version']),
  );
  await appendOnly(db, 'record_version');

  await createStrict(
    db,
    schema
      .createTable('harm_report')
      .addColumn('record_id', text, (column) => required(column).references('study_record.id'))
      .addColumn('number', integer, required)
      .addColumn('record_version', integer, required)
      .addColumn('aware_at', text, required)
      .addColumn('late', integer, required)
      .addColumn('note', text, required)
      .addColumn('reported_at', text, required)
      .addColumn('reported_by', text, required)
      .addPrimaryKeyConstraint('harm_report_key', ['record_id', 'number']),
  );
  await appendOnly(db, 'harm_report');
}
