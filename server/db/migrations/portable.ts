import { type CreateTableBuilder, type Kysely, PostgresAdapter, sql } from 'kysely';

/*
 * What the two databases say differently. Migrations that have run somewhere depend on this file: add to it, but never
 * change what a function here does.
 */

type ColumnType = Parameters<CreateTableBuilder<string>['addColumn']>[1];

export function onPostgres(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** Column types. Text compares by code point on both databases, so that lists have the same order on both. */
export function columnTypes(db: Kysely<unknown>) {
  const postgres = onPostgres(db);
  return {
    text: (postgres ? sql`text collate "C"` : 'text') as ColumnType,
    integer: 'integer' as ColumnType,
    real: (postgres ? 'double precision' : 'real') as ColumnType,
    /** better-auth's instants: `date` with ISO text in it on SQLite. */
    authDate: (postgres ? 'timestamptz' : 'date') as ColumnType,
    /** better-auth's flags. */
    authFlag: (postgres ? 'boolean' : 'integer') as ColumnType,
    bigint: 'bigint' as ColumnType,
  };
}

/** Creates the table; SQLite then holds values to their column's type, as PostgreSQL does anyway. */
export async function createStrict<Table extends string, Column extends string>(
  db: Kysely<unknown>,
  table: CreateTableBuilder<Table, Column>,
): Promise<void> {
  await (onPostgres(db) ? table : table.modifyEnd(sql`strict`)).execute();
}

/** Makes the database refuse every change and deletion of the table's rows. */
export async function appendOnly(db: Kysely<unknown>, table: string): Promise<void> {
  if (onPostgres(db)) {
    await sql`
      create or replace function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
      end $$`.execute(db);
    await sql`
      create trigger ${sql.id(`${table}_append_only`)} before update or delete on ${sql.table(table)}
      for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger ${sql.id(`${table}_not_emptied`)} before truncate on ${sql.table(table)}
      for each statement execute function refuse_change()`.execute(db);
    return;
  }
  for (const change of ['update', 'delete']) {
    await sql`
      create trigger ${sql.id(`${table}_no_${change}`)} before ${sql.raw(change)} on ${sql.table(table)}
      begin select raise(abort, ${sql.lit(`${table} is append-only`)}); end`.execute(db);
  }
}
