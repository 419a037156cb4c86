import { type Kysely, type Transaction as KyselyTransaction, PostgresAdapter, sql } from 'kysely';
import { forgetKept } from './kept.ts';
import { openPostgres, openPostgresReader } from './postgres/open.ts';
import type { Tables } from './schema.ts';
import { openSqlite, openSqliteReader } from './sqlite/open.ts';

/** Anything that queries run on: readers, the writer or a transaction. */
export type Connection = Kysely<Tables>;
export type Transaction = KyselyTransaction<Tables>;

export interface Database {
  kind: 'sqlite' | 'postgres';
  /** For reading only; never waits for a writer. `.stream()` gives row after row, all as of the same instant. */
  read: Connection;
  /** Single statements outside `write`, for migrations. */
  writer: Connection;
  /** For better-auth: its single statements, those that only read on the readers. */
  accounts: Connection;
  /**
   * Runs the work in a transaction that is alone: writes to the database happen one after the other, whichever server
   * process asks, so that whatever the work has read still holds when it writes. Commits when the work resolves, rolls
   * back when it throws. On PostgreSQL the work runs again after a failed serialisation or a deadlock, so it must do
   * nothing outside the transaction. Mustn't be called inside itself: there, use `savepoint`.
   *
   * @param how `short`: many people do it at the same time and it takes a few milliseconds. On SQLite such writes share
   *   a commit, so that this work, too, may run again.
   */
  write<T>(work: (tx: Transaction) => Promise<T>, how?: { short?: boolean }): Promise<T>;
  /** Runs several queries that all see the database as of the same instant; reading only. */
  snapshot<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Waits for work under way, then closes every connection. */
  close(): Promise<void>;
}

/**
 * Opens the database at `sqlite:FILE`, a bare file path, or `postgres://…`. Its tables are made by `migrate`.
 *
 * @throws Error when the address isn't one of these or the database can't be reached.
 */
export async function openDatabase(url: string): Promise<Database> {
  return isPostgres(url) ? openPostgres(url) : openSqlite(fileOf(url));
}

/** What a thread that only reads has of a database. */
export type Reader = Pick<Database, 'snapshot' | 'close'>;

/** Opens a database that is in use already, at the same addresses, for reading only; connections are made as needed. */
export function openReader(url: string): Reader {
  return isPostgres(url) ? openPostgresReader(url) : openSqliteReader(fileOf(url));
}

const isPostgres = (url: string): boolean => /^postgres(ql)?:\/\//.test(url);

function fileOf(url: string): string {
  if (/^[a-z]+:\/\//i.test(url) && !url.startsWith('sqlite://')) {
    throw new Error('A database address is sqlite:FILE, a file path or postgres://…');
  }
  const file = url.replace(/^sqlite:(\/\/(?=\/))?/, '');
  if (file === '' || file === ':memory:') throw new Error('An SQLite database needs a file.');
  return file;
}

/**
 * Runs the work inside the transaction; when it throws, only what the work wrote is undone, and the error is passed on.
 * Savepoints within each other have the same name: the innermost is meant, and the statement is prepared once.
 */
export async function savepoint<T>(tx: Transaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const name = sql.raw('part');
  await sql`savepoint ${name}`.execute(tx);
  try {
    const result = await work(tx);
    await sql`release savepoint ${name}`.execute(tx);
    return result;
  } catch (error) {
    forgetKept(tx);
    await sql`rollback to savepoint ${name}`.execute(tx);
    await sql`release savepoint ${name}`.execute(tx);
    throw error;
  }
}

/**
 * Holds a name until the transaction ends; another transaction that wants it waits. `write` is alone already; the lock
 * also holds against a program that writes to the same PostgreSQL database by its own means.
 */
export async function transactionLock(tx: Transaction, name: string): Promise<void> {
  if (tx.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx);
  }
}

/**
 * Whether a write failed because a row with the same key is there already, on either database. PostgreSQL gives up a
 * transaction at its first error: to go on after this one, do the write in a `savepoint`.
 */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return (
    error.code === '23505' ||
    (error.code === 'SQLITE_CONSTRAINT' && error.message.includes('UNIQUE constraint failed'))
  );
}

/** Whether a write failed because another one didn't end for half a minute; nothing was written, and it can be tried again. */
export function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'SQLITE_BUSY' || code === '55P03';
}
