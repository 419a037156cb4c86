import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kysely, sql } from 'kysely';
import type { Database } from '../database.ts';
import type { Tables } from '../schema.ts';
import { oneAtATime } from '../writing.ts';
import { SqliteDialect } from './dialect.ts';

/** Opens an SQLite file; a new file is made readable for its owner only, and so are the log files beside it. */
export async function openSqlite(path: string): Promise<Database> {
  const file = resolve(path);
  mkdirSync(dirname(file), { recursive: true });
  closeSync(openSync(file, 'a', 0o600));
  const writer = new Kysely<Tables>({ dialect: new SqliteDialect(file, 'writer') });
  const read = new Kysely<Tables>({ dialect: new SqliteDialect(file, 'reader') });
  await sql`select 1`.execute(writer);
  return {
    kind: 'sqlite',
    read,
    writer,
    write: oneAtATime((work) => writer.transaction().execute(work)),
    snapshot: (work) =>
      read.transaction().execute(async (tx) => {
        // The snapshot is that of the first read.
        await sql`select 1 from sqlite_schema limit 1`.execute(tx);
        return work(tx);
      }),
    async close() {
      await read.destroy();
      await writer.destroy();
    },
  };
}
