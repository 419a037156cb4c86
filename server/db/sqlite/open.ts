import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kysely, sql } from 'kysely';
import type { Database, Reader, Transaction } from '../database.ts';
import type { Tables } from '../schema.ts';
import { splitting } from '../splitting.ts';
import { Turn } from '../writing.ts';
import { SqliteDialect } from './dialect.ts';
import { reader, writer as writing } from './driver.ts';
import { SharedCommit } from './sharedCommit.ts';

/**
 * Opens an SQLite file in write-ahead-log mode: readers see the last commit and never wait for the writer. A new file
 * is made readable for its owner only, and so are the log files beside it.
 */
export async function openSqlite(path: string): Promise<Database> {
  const file = resolve(path);
  mkdirSync(dirname(file), { recursive: true });
  closeSync(openSync(file, 'a', 0o600));
  const turn = new Turn();
  const dialect = new SqliteDialect(writing(file, turn.check));
  const writer = new Kysely<Tables>({ dialect });
  const read = new Kysely<Tables>({ dialect: new SqliteDialect(reader(file)) });
  try {
    for (const connection of [writer, read]) await sql`select 1`.execute(connection);
  } catch (error) {
    await Promise.all([read.destroy(), writer.destroy()]);
    throw error;
  }
  const alone = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => writer.transaction().execute(work);
  const shared = new SharedCommit(alone);
  return {
    kind: 'sqlite',
    read,
    writer,
    accounts: splitting(read, writer, dialect),
    write: (work, { short = false } = {}) =>
      turn.take((begun) => (short ? shared.write(begun) : alone(begun)), work),
    snapshot: snapshotOf(read),
    async close() {
      await read.destroy();
      await writer.destroy();
    },
  };
}

/** The file for reading only. */
export function openSqliteReader(path: string): Reader {
  const read = new Kysely<Tables>({ dialect: new SqliteDialect(reader(resolve(path))) });
  return { snapshot: snapshotOf(read), close: () => read.destroy() };
}

function snapshotOf(read: Kysely<Tables>): Database['snapshot'] {
  return (work) =>
    read.transaction().execute(async (tx) => {
      // The snapshot is that of the first read.
      await sql`select 1 from sqlite_schema limit 1`.execute(tx);
      return work(tx);
    });
}
