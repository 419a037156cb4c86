import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import sqlite3 from 'sqlite3';
import { bindable } from './bindable.ts';
import { SqliteError } from './error.ts';
import { StatementCache } from './statements.ts';

type Row = Record<string, unknown>;

const WRITES = new Set(['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode', 'MergeQueryNode']);

/** One open handle on the file, as kysely wants it. Statements are prepared once and kept. */
export class SqliteConnection implements DatabaseConnection {
  readonly #handle: sqlite3.Database;
  readonly #statements: StatementCache;
  readonly #streams = new Set<sqlite3.Statement>();

  private constructor(handle: sqlite3.Database) {
    this.#handle = handle;
    this.#statements = new StatementCache(handle);
  }

  /** Opens the file (which must exist) and sets the pragmas, in order. */
  static async open(file: string, pragmas: readonly string[]): Promise<SqliteConnection> {
    const handle = await new Promise<sqlite3.Database>((resolve, reject) => {
      const opened: sqlite3.Database = new sqlite3.Database(file, sqlite3.OPEN_READWRITE, (error) =>
        error ? reject(new SqliteError(error, `open ${file}`)) : resolve(opened),
      );
    });
    const connection = new SqliteConnection(handle);
    try {
      for (const pragma of pragmas) await connection.execute(`pragma ${pragma}`);
    } catch (error) {
      await connection.close();
      throw error;
    }
    return connection;
  }

  /** Runs one statement that takes no values, and gives its rows. */
  execute(sql: string): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.#handle.all<Row>(sql, (error, rows) =>
        error ? reject(new SqliteError(error, sql)) : resolve(rows),
      );
    });
  }

  async executeQuery<R>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<R>> {
    const values = parameters.map(bindable);
    const statement = await this.#statements.get(sql);
    try {
      if (WRITES.has(query.kind) && !('returning' in query && query.returning)) {
        const { changes, lastID } = await run(statement, values);
        return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastID) };
      }
      const rows = await all<R>(statement, values);
      if (WRITES.has(query.kind)) return { rows, numAffectedRows: BigInt(rows.length) };
      return { rows };
    } catch (error) {
      this.#statements.drop(sql);
      throw new SqliteError(error as Error, sql);
    }
  }

  /** Steps through the result: never more than a chunk of rows is in memory. */
  async *streamQuery<R>(
    { sql, parameters }: CompiledQuery,
    chunkSize = 100,
  ): AsyncIterableIterator<QueryResult<R>> {
    const values = parameters.map(bindable);
    const statement = await this.#statements.prepare(sql);
    this.#streams.add(statement);
    try {
      let first: unknown[] | undefined = values;
      for (let done = false; !done; ) {
        const steps: Promise<R | undefined>[] = [];
        for (let step = 0; step < chunkSize; step++) {
          steps.push(next<R>(statement, first));
          first = undefined;
        }
        const rows = (await Promise.all(steps)).filter((row) => row !== undefined);
        done = rows.length < chunkSize;
        if (rows.length > 0) yield { rows };
      }
    } catch (error) {
      throw new SqliteError(error as Error, sql);
    } finally {
      if (this.#streams.delete(statement)) await finalize(statement);
    }
  }

  async close(): Promise<void> {
    const streams = [...this.#streams];
    this.#streams.clear();
    await Promise.all([...streams.map(finalize), this.#statements.clear()]);
    await new Promise<void>((resolve, reject) => {
      this.#handle.close((error) => (error ? reject(new SqliteError(error, 'close')) : resolve()));
    });
  }
}

function run(statement: sqlite3.Statement, values: unknown[]): Promise<{ changes: number; lastID: number }> {
  return new Promise((resolve, reject) => {
    statement.run(values, function (error) {
      if (error) reject(error);
      else resolve({ changes: this.changes, lastID: this.lastID });
    });
  });
}

function all<R>(statement: sqlite3.Statement, values: unknown[]): Promise<R[]> {
  return new Promise((resolve, reject) => {
    statement.all<R>(values, (error, rows) => (error ? reject(error) : resolve(rows)));
  });
}

/** The next row, or undefined after the last. Values are bound with the first step only: binding starts anew. */
function next<R>(statement: sqlite3.Statement, values: unknown[] = []): Promise<R | undefined> {
  return new Promise((resolve, reject) => {
    statement.get<R>(values, (error, row) => (error ? reject(error) : resolve(row)));
  });
}

function finalize(statement: sqlite3.Statement): Promise<void> {
  return new Promise((resolve) => {
    statement.finalize(() => resolve());
  });
}
