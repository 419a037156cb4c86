import { PostgresAdapter, type RawBuilder, type SelectQueryBuilder, type Simplify } from 'kysely';
import * as postgres from 'kysely/helpers/postgres';
import * as sqlite from 'kysely/helpers/sqlite';
import type { Connection } from './database.ts';

/** Rows of a query within a row of another one: text on SQLite, an array on PostgreSQL; `rowsIn` reads both. */
export type Rows<Row> = string | Simplify<Row>[];

/** A column that holds the rows of a query; its columns must be named one by one, and hold text or numbers. */
export function rowsOf<DB, Tables extends keyof DB, Row>(
  db: Connection,
  query: SelectQueryBuilder<DB, Tables, Row>,
): RawBuilder<Rows<Row>> {
  const { jsonArrayFrom } = db.getExecutor().adapter instanceof PostgresAdapter ? postgres : sqlite;
  return jsonArrayFrom(query) as RawBuilder<unknown> as RawBuilder<Rows<Row>>;
}

export function rowsIn<Row>(rows: Rows<Row>): Simplify<Row>[] {
  return typeof rows === 'string' ? (JSON.parse(rows) as Simplify<Row>[]) : rows;
}
