import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
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
  const db = await openDatabase(url);
  const close = async () => {
    await db.close();
    await remove();
  };
  try {
    if (db.kind === 'sqlite') await migrate(db);
  } catch (error) {
    await close();
    throw error;
  }
  return { db, url, close };
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
