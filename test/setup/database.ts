import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../server/db/database.ts';
import { migrate } from '../../server/db/migrate.ts';

export interface FreshDatabase {
  db: Database;
  url: string;
  /** Closes the database and removes it. */
  close(): Promise<void>;
}

/** Which database this run of the tests is about. */
export const databaseKind = process.env.EQUIPOISE_TEST_DB === 'postgres' ? 'postgres' : 'sqlite';

/** A new, migrated and otherwise empty database, of the kind that the run is about. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { url, remove } = await emptyPlace('equipoise_template');
  if (databaseKind === 'sqlite') await copyFile(await sqliteTemplate(), url.replace('sqlite:', ''));
  const db = await openDatabase(url);
  return {
    db,
    url,
    async close() {
      await db.close();
      await remove();
    },
  };
}

let template: Promise<string> | undefined;

/** A migrated SQLite file, made once for all tests of this process. @returns its path */
function sqliteTemplate(): Promise<string> {
  template ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'equipoise-template-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'template.sqlite');
    const db = await openDatabase(`sqlite:${file}`);
    await migrate(db);
    await db.close();
    return file;
  })();
  return template;
}

/** Room for a database without a single table in it; on PostgreSQL, or a copy of a database. */
export async function emptyPlace(template = 'template1'): Promise<{ url: string; remove(): Promise<void> }> {
  if (databaseKind === 'sqlite') {
    const folder = await mkdtemp(join(tmpdir(), 'equipoise-db-'));
    return {
      url: `sqlite:${join(folder, 'test.sqlite')}`,
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  }
  const server = inject('postgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await command(server, `create database ${name} template ${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => command(server, `drop database ${name} with (force)`) };
}

async function command(server: string, statement: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
