import {
  type Dialect,
  type Driver,
  type Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { SqliteConnection } from './connection.ts';
import { SqliteError } from './error.ts';
import { ConnectionPool } from './pool.ts';

/** SQLite waits this long for another process that writes; then `SQLITE_BUSY`. */
const BUSY_MS = 10_000;
const READERS = 16;

/** Schema changes of SQLite are transactional: a migration is done wholly or not at all. */
class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * kysely on an SQLite file. The file is in write-ahead-log mode: readers see the last commit and never wait for the
 * writer. A writer dialect has one connection, and whoever wants it queues; a reader dialect has many, which can't write.
 */
export class SqliteDialect implements Dialect {
  readonly #file: string;
  readonly #mode: 'writer' | 'reader';

  constructor(file: string, mode: 'writer' | 'reader') {
    this.#file = file;
    this.#mode = mode;
  }

  createDriver(): Driver {
    return this.#mode === 'writer' ? writer(this.#file) : reader(this.#file);
  }

  createAdapter = () => new Adapter();
  createQueryCompiler = () => new SqliteQueryCompiler();
  createIntrospector = (db: Kysely<unknown>) => new SqliteIntrospector(db);
}

function writer(file: string): Driver {
  const pragmas = [
    `busy_timeout = ${BUSY_MS}`,
    'journal_mode = wal',
    'synchronous = full',
    'foreign_keys = on',
    // Without it, `insert or replace` would delete a row without asking the triggers that refuse deletion.
    'recursive_triggers = on',
  ];
  return driver(
    new ConnectionPool(1, () => patiently(() => SqliteConnection.open(file, pragmas))),
    'begin immediate',
  );
}

function reader(file: string): Driver {
  const pragmas = [`busy_timeout = ${BUSY_MS}`, 'query_only = on'];
  return driver(new ConnectionPool(READERS, () => SqliteConnection.open(file, pragmas)), 'begin');
}

function driver(pool: ConnectionPool, begin: string): Driver {
  const of = (connection: unknown) => connection as SqliteConnection;
  return {
    init: async () => undefined,
    acquireConnection: () => pool.acquire(),
    releaseConnection: async (connection) => pool.release(of(connection)),
    beginTransaction: async (connection) => void (await of(connection).execute(begin)),
    commitTransaction: async (connection) => void (await of(connection).execute('commit')),
    rollbackTransaction: async (connection) => {
      try {
        await of(connection).execute('rollback');
      } catch (error) {
        // A full disk makes SQLite roll back by itself; the error that did it is the one to report.
        if (!(error instanceof SqliteError && error.message.includes('no transaction is active')))
          throw error;
      }
    },
    destroy: () => pool.close(),
  };
}

/** Changing a new file to write-ahead logging can meet another process that does the same, which SQLite won't wait for. */
async function patiently<T>(open: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof SqliteError) || error.code !== 'SQLITE_BUSY' || attempt === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
    }
  }
}
