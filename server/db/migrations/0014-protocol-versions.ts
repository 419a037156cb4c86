import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import { appendOnly, columnTypes, createStrict } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

/** Approval and activation of protocol versions by site, the version of every datum, moved and unscheduled visits, calendars. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  const { schema } = db;
  const study = (column: ColumnDefinitionBuilder) => required(column).references('study.id');
  const participant = (column: ColumnDefinitionBuilder) => required(column).references('participant.id');

  await schema
    .alterTable('study_version')
    .addColumn('per_site', integer, (column) => column.notNull().defaultTo(0))
    .execute();
  await createStrict(
    db,
    schema
      .createTable('site_approval')
      .addColumn('study_id', text, study)
      .addColumn('number', integer, required)
      .addColumn('site', text, required)
      .addColumn('committee', text, required)
      .addColumn('reference', text, required)
      .addColumn('decided_on', text, required)
      .addColumn('recorded_at', text, required)
      .addColumn('recorded_by', text, required)
      .addPrimaryKeyConstraint('site_approval_key', ['study_id', 'number', 'site']),
  );
  await appendOnly(db, 'site_approval');
  await createStrict(
    db,
    schema
      .createTable('site_activation')
      .addColumn('study_id', text, study)
      .addColumn('number', integer, required)
      .addColumn('site', text, required)
      .addColumn('activated_at', text, required)
      .addColumn('activated_by', text, required)
      .addPrimaryKeyConstraint('site_activation_key', ['study_id', 'number', 'site']),
  );
  await appendOnly(db, 'site_activation');

  await schema.alterTable('form').addColumn('study_version', integer).execute();
  await sql`
    update form set study_version = (
      select study_version from form_version where form_id = form.id and form_version.version = 1)`.execute(
    db,
  );
  for (const [table, at] of dated) {
    await schema.alterTable(table).addColumn('study_version', integer).execute();
    await sql`
      update ${sql.table(table)} set study_version = (
        select max(number) from study_version join participant on participant.study_id = study_version.study_id
        where participant.id = ${sql.ref(`${table}.participant_id`)}
        and study_version.activated_at <= ${sql.ref(`${table}.${at}`)})`.execute(db);
  }

  await createStrict(
    db,
    schema
      .createTable('visit_booking_change')
      .addColumn('participant_id', text, participant)
      .addColumn('visit', text, required)
      .addColumn('number', integer, required)
      .addColumn('booked_for', text)
      .addColumn('reason', text)
      .addColumn('changed_at', text, required)
      .addColumn('changed_by', text, required)
      .addColumn('study_version', integer, required)
      .addPrimaryKeyConstraint('visit_booking_change_key', ['participant_id', 'visit', 'number']),
  );
  await appendOnly(db, 'visit_booking_change');
  await createStrict(
    db,
    schema
      .createTable('unscheduled_visit')
      .addColumn('participant_id', text, participant)
      .addColumn('number', integer, required)
      .addColumn('on_day', text, required)
      .addColumn('reason', text, required)
      .addColumn('instruments', text, required)
      .addColumn('added_at', text, required)
      .addColumn('added_by', text, required)
      .addColumn('study_version', integer, required)
      .addPrimaryKeyConstraint('unscheduled_visit_key', ['participant_id', 'number']),
  );
  await appendOnly(db, 'unscheduled_visit');
  await createStrict(
    db,
    schema
      .createTable('calendar_feed')
      .addColumn('id', text, key)
      .addColumn('study_id', text, study)
      .addColumn('site', text, required)
      .addColumn('token_digest', text, (column) => required(column).unique())
      .addColumn('created_at', text, required)
      .addColumn('created_by', text, required)
      .addColumn('revoked_at', text)
      .addColumn('revoked_by', text),
  );
  await schema.createIndex('calendar_feed_study').on('calendar_feed').columns(['study_id', 'site']).execute();
}

/** Tables that a version stands in from now on, with the column that says when a row was written. */
const dated = [
  ['eligibility', 'confirmed_at'],
  ['consent', 'recorded_at'],
  ['contact', 'logged_at'],
  ['event', 'recorded_at'],
  ['visit_booking', 'changed_at'],
] as const;
