import { createHash } from 'node:crypto';
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import { appendOnly, columnTypes, createStrict, onPostgres } from './portable.ts';

const AT_ONCE = 2000;
const required = (column: ColumnDefinitionBuilder) => column.notNull();

/**
 * The number that a form draws where a sample is entered twice, kept with the form so that the database can say which
 * forms are wanted, page by page; and the papers that prove a site's approval of a protocol version.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  await db.schema.alterTable('form').addColumn('lot', integer).execute();
  await drawLots(db);
  await createStrict(
    db,
    db.schema
      .createTable('approval_document')
      .addColumn('id', text, (column) => required(column).primaryKey())
      .addColumn('study_id', text, (column) => required(column).references('study.id'))
      .addColumn('number', integer, required)
      .addColumn('site', text, required)
      .addColumn('name', text, required)
      .addColumn('type', text, required)
      .addColumn('size', integer, required)
      .addColumn('sha256', text, required)
      .addColumn('content', onPostgres(db) ? sql`bytea` : sql`blob`, required)
      .addColumn('uploaded_at', text, required)
      .addColumn('uploaded_by', text, required),
  );
  await db.schema
    .createIndex('approval_document_place')
    .on('approval_document')
    .columns(['study_id', 'number', 'site'])
    .execute();
  await appendOnly(db, 'approval_document');
}

/** As `lotOf` of server/doubleEntry draws it: from the form's place. */
async function drawLots(db: Kysely<unknown>): Promise<void> {
  for (let after = ''; ; ) {
    const { rows } = await sql<{ id: string; participant_id: string; visit: string; instrument: string }>`
      select id, participant_id, visit, instrument from form where id > ${after}
      order by id limit ${sql.lit(AT_ONCE)}`.execute(db);
    for (const { id, participant_id, visit, instrument } of rows) {
      const digest = createHash('sha256').update(`${participant_id}/${visit}/${instrument}`).digest();
      await sql`update form set lot = ${digest.readUInt32BE(0) >>> 1} where id = ${id}`.execute(db);
    }
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)!.id;
  }
}
