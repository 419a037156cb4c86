import type sqlite3 from 'sqlite3';
import { SqliteError } from './error.ts';

const KEPT = 200;

/** Prepared statements of one connection by their text; beyond `KEPT`, the one unused for longest goes. */
export class StatementCache {
  readonly #handle: sqlite3.Database;
  readonly #kept = new Map<string, Promise<sqlite3.Statement>>();

  constructor(handle: sqlite3.Database) {
    this.#handle = handle;
  }

  get(sql: string): Promise<sqlite3.Statement> {
    const statement = this.#kept.get(sql) ?? this.prepare(sql);
    this.#kept.delete(sql);
    this.#kept.set(sql, statement);
    statement.catch(() => this.#kept.delete(sql));
    if (this.#kept.size > KEPT) this.drop(this.#kept.keys().next().value as string);
    return statement;
  }

  /** A statement of the caller's own, which the caller finalises. */
  prepare(sql: string): Promise<sqlite3.Statement> {
    return new Promise((resolve, reject) => {
      const statement = this.#handle.prepare(sql, (error: Error | null) =>
        error ? reject(new SqliteError(error, sql)) : resolve(statement),
      );
    });
  }

  drop(sql: string): void {
    const statement = this.#kept.get(sql);
    this.#kept.delete(sql);
    statement?.then(
      (prepared) => prepared.finalize(),
      () => undefined,
    );
  }

  async clear(): Promise<void> {
    const statements = [...this.#kept.values()];
    this.#kept.clear();
    for (const statement of await Promise.allSettled(statements)) {
      if (statement.status === 'fulfilled')
        await new Promise<void>((resolve) => statement.value.finalize(() => resolve()));
    }
  }
}
