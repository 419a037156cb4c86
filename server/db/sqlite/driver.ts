import type { DatabaseConnection, Driver } from 'kysely';
import { SqliteConnection } from './connection.ts';
import { SqliteError } from './error.ts';
import { ConnectionPool } from './pool.ts';

/** SQLite waits this long for another process that writes; then `SQLITE_BUSY`. */
const BUSY_MS = 30_000;
const READERS = 16;

/** The one connection that writes. `ask` is called before it is lent, and may throw. */
export function writer(file: string, ask: () => void): Driver {
  const pragmas = [
    `busy_timeout = ${BUSY_MS}`,
    'journal_mode = wal',
    'synchronous = full',
    'foreign_keys = on',
    // Without it, `insert or replace` would delete a row without asking the triggers that refuse deletion.
    'recursive_triggers = on',
  ];
  return driver(
    new ConnectionPool(1, () => patiently(() => openLogged(file, pragmas))),
    'begin immediate',
    ask,
  );
}

/** Connections that can't write. */
export function reader(file: string): Driver {
  const pragmas = [`busy_timeout = ${BUSY_MS}`, 'query_only = on'];
  return driver(new ConnectionPool(READERS, () => SqliteConnection.open(file, pragmas)), 'begin');
}

function driver(pool: ConnectionPool, begin: string, ask: () => void = () => undefined): Driver {
  const execute = async (connection: DatabaseConnection, statement: string) => {
    await (connection as SqliteConnection).execute(statement);
  };
  return {
    init: async () => undefined,
    acquireConnection: async () => {
      ask();
      return pool.acquire();
    },
    releaseConnection: async (connection) => pool.release(connection as SqliteConnection),
    beginTransaction: (connection) => execute(connection, begin),
    commitTransaction: (connection) => execute(connection, 'commit'),
    rollbackTransaction: async (connection) => {
      try {
        await execute(connection, 'rollback');
      } catch (error) {
        // A full disk makes SQLite roll back by itself; the error that did it is the one to report.
        if (error instanceof SqliteError && error.message.includes('no transaction is active')) return;
        pool.discard(connection as SqliteConnection);
        throw error;
      }
    },
    destroy: () => pool.close(),
  };
}

/** Some network file systems can't share a write-ahead log; SQLite then keeps its old mode without an error. */
async function openLogged(file: string, pragmas: readonly string[]): Promise<SqliteConnection> {
  const connection = await SqliteConnection.open(file, pragmas);
  const [mode] = await connection.execute('pragma journal_mode');
  if (mode?.journal_mode === 'wal') return connection;
  await connection.close();
  throw new Error(`The folder of ${file} can't hold a write-ahead log: put the database on a local disk.`);
}

/** Changing a new file to write-ahead logging can meet another process that does the same; SQLite won't wait for that. */
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
