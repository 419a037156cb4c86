import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import { columnTypes, createStrict } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

/** Participants from screening on: eligibility, consent, booked visits, contacts and events. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  const study = (column: ColumnDefinitionBuilder) => required(column).references('study.id');
  const participant = (column: ColumnDefinitionBuilder) => required(column).references('participant.id');

  await createStrict(
    db,
    db.schema
      .createTable('participant')
      .addColumn('id', text, key)
      .addColumn('study_id', text, study)
      .addColumn('code', text, required)
      .addColumn('site', text, required)
      .addColumn('status', text, required)
      .addColumn('version', integer, required)
      .addColumn('screened_on', text, required)
      .addColumn('screening', text, required)
      .addColumn('exclusion_reason', text)
      .addColumn('created_at', text, required)
      .addColumn('created_by', text, required)
      .addUniqueConstraint('participant_code', ['study_id', 'code']),
  );
  await db.schema
    .createIndex('participant_site')
    .on('participant')
    .columns(['study_id', 'site', 'status'])
    .execute();

  await createStrict(
    db,
    db.schema
      .createTable('eligibility')
      .addColumn('participant_id', text, (column) => participant(column).primaryKey())
      .addColumn('answers', text, required)
      .addColumn('eligible', integer, (column) => required(column).check(sql`eligible in (0, 1)`))
      .addColumn('confirmed_at', text, required)
      .addColumn('confirmed_by', text, required),
  );

  await createStrict(
    db,
    db.schema
      .createTable('consent')
      .addColumn('participant_id', text, (column) => participant(column).primaryKey())
      .addColumn('consent_version', text, required)
      .addColumn('signed_on', text, required)
      .addColumn('recorded_at', text, required)
      .addColumn('recorded_by', text, required),
  );

  await createStrict(
    db,
    db.schema
      .createTable('screening_tally')
      .addColumn('study_id', text, study)
      .addColumn('site', text, required)
      .addColumn('reason', text, required)
      .addColumn('count', integer, required)
      .addColumn('note', text, required)
      .addPrimaryKeyConstraint('screening_tally_key', ['study_id', 'site', 'reason']),
  );

  await createStrict(
    db,
    db.schema
      .createTable('visit_booking')
      .addColumn('participant_id', text, participant)
      .addColumn('visit', text, required)
      .addColumn('booked_for', text)
      .addColumn('changed_at', text, required)
      .addColumn('changed_by', text, required)
      .addPrimaryKeyConstraint('visit_booking_key', ['participant_id', 'visit']),
  );

  await createStrict(
    db,
    db.schema
      .createTable('contact')
      .addColumn('id', text, key)
      .addColumn('participant_id', text, participant)
      .addColumn('on_day', text, required)
      .addColumn('outcome', text, required)
      .addColumn('note', text, required)
      .addColumn('logged_at', text, required)
      .addColumn('logged_by', text, required),
  );
  await db.schema
    .createIndex('contact_participant')
    .on('contact')
    .columns(['participant_id', 'on_day'])
    .execute();

  await createStrict(
    db,
    db.schema
      .createTable('event')
      .addColumn('id', text, key)
      .addColumn('participant_id', text, participant)
      .addColumn('event', text, required)
      .addColumn('kind', text, required)
      .addColumn('on_day', text, required)
      .addColumn('detail', text, required)
      .addColumn('loss_reason', text)
      .addColumn('recorded_at', text, required)
      .addColumn('recorded_by', text, required),
  );
  await db.schema
    .createIndex('event_participant')
    .on('event')
    .columns(['participant_id', 'on_day'])
    .execute();
}
