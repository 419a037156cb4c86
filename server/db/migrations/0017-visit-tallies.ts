import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import { columnTypes, createStrict, onPostgres } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

/**
 * How many forms of a visit are begun and how many complete, and under which protocol versions: an index of the forms
 * that the database keeps by itself with each of them, so that visits with missing forms are found without reading any.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  const { schema } = db;
  await createStrict(
    db,
    schema
      .createTable('visit_tally')
      .addColumn('participant_id', text, (column) => required(column).references('participant.id'))
      .addColumn('visit', text, required)
      .addColumn('study_id', text, (column) => required(column).references('study.id'))
      .addColumn('begun', integer, required)
      .addColumn('complete', integer, required)
      .addColumn('lowest_version', integer, required)
      .addColumn('highest_version', integer, required)
      .addPrimaryKeyConstraint('visit_tally_key', ['participant_id', 'visit']),
  );
  await sql`
    insert into visit_tally
    select form.participant_id, form.visit, participant.study_id, ${counts}
    from form join participant on participant.id = form.participant_id
    group by form.participant_id, form.visit, participant.study_id`.execute(db);
  await schema
    .createIndex('visit_tally_study')
    .on('visit_tally')
    .columns(['study_id', 'visit', 'complete', 'lowest_version', 'highest_version', 'begun'])
    .execute();
  if (onPostgres(db)) {
    await sql`
      create function keep_visit_tally() returns trigger language plpgsql as $$
      begin
        ${recount};
        return null;
      end $$`.execute(db);
    await sql`
      create trigger form_tally after insert or update of status, study_version on form
      for each row execute function keep_visit_tally()`.execute(db);
  } else {
    await sql`create trigger form_tally_insert after insert on form begin ${recount}; end`.execute(db);
    await sql`create trigger form_tally_update after update of status, study_version on form begin ${recount}; end`.execute(
      db,
    );
  }
  await schema
    .createIndex('safety_alert_open')
    .on('safety_alert')
    .column('form_id')
    .where(sql.ref('resolved_at'), 'is', null)
    .execute();
}

const counts = sql.raw(
  `count(*), sum(case form.status when 'complete' then 1 else 0 end),
   min(coalesce(form.study_version, 0)), max(coalesce(form.study_version, 0))`,
);
const recount = sql`
  insert into visit_tally
  select form.participant_id, form.visit, participant.study_id, ${counts}
  from form join participant on participant.id = form.participant_id
  where form.participant_id = new.participant_id and form.visit = new.visit
  group by form.participant_id, form.visit, participant.study_id
  on conflict (participant_id, visit) do update set
    begun = excluded.begun, complete = excluded.complete,
    lowest_version = excluded.lowest_version, highest_version = excluded.highest_version`;
