import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../server/db/database.ts';
import { databaseKind, type FreshDatabase, freshDatabase } from '../../setup/database.ts';

describe.runIf(databaseKind === 'sqlite')('an SQLite file', () => {
  let fresh: FreshDatabase;
  beforeEach(async () => {
    fresh = await freshDatabase();
  });
  afterEach(() => fresh.close());

  async function pragma(db: 'read' | 'writer', name: string): Promise<unknown> {
    const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(fresh.db[db]);
    return Object.values(rows[0] ?? {})[0];
  }

  it('is opened with the settings that durability rests on', async () => {
    // https://www.sqlite.org/pragma.html: synchronous 2 is FULL.
    expect(await pragma('writer', 'journal_mode')).toBe('wal');
    expect(await pragma('writer', 'synchronous')).toBe(2);
    expect(await pragma('writer', 'foreign_keys')).toBe(1);
    expect(await pragma('writer', 'recursive_triggers')).toBe(1);
    expect(await pragma('writer', 'busy_timeout')).toBe(30_000);
    expect(await pragma('read', 'query_only')).toBe(1);
    expect(await pragma('read', 'integrity_check')).toBe('ok');
  });

  it('is readable for its owner only, and its log is folded in at the close', async () => {
    const file = fresh.url.replace('sqlite:', '');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(statSync(`${file}-wal`).mode & 0o077).toBe(0);
    await fresh.db.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  it('takes the writes of two processes without losing one', async () => {
    await fresh.db.write((tx) => tx.insertInto('setting').values({ name: 'counter', value: '0' }).execute());
    await Promise.all([countInAnotherProcess(fresh.url, 150), countInAnotherProcess(fresh.url, 150)]);
    expect(await fresh.db.read.selectFrom('setting').select('value').execute()).toEqual([{ value: '300' }]);
  });

  it('still has every save that was confirmed when the process is killed', async () => {
    await fresh.db.write((tx) => tx.insertInto('setting').values({ name: 'counter', value: '0' }).execute());
    const child = counting(fresh.url, 1_000_000);
    const confirmed = await new Promise<number>((resolve) => {
      let said = '';
      child.stdout.on('data', (chunk) => {
        said += chunk;
        if (said.split('\n').length > 30) child.kill('SIGKILL');
      });
      child.once('close', () => resolve(Number(said.trimEnd().split('\n').at(-1))));
    });
    expect(confirmed).toBeGreaterThanOrEqual(29);
    const { value } = await fresh.db.read.selectFrom('setting').select('value').executeTakeFirstOrThrow();
    expect(Number(value)).toBeGreaterThanOrEqual(confirmed);
    expect(await pragma('read', 'integrity_check')).toBe('ok');
    await fresh.db.write((tx) => tx.updateTable('setting').set({ value: '0' }).execute());
  });

  it('holds values to the type of their column', async () => {
    const insert = fresh.db.write((tx) =>
      tx
        .insertInto('study')
        .values({
          id: 's',
          code: 's',
          synthetic: 'yes' as unknown as 1,
          synthetic_note: null,
          created_at: '2026-01-05',
          changed_at: '2026-01-05',
        })
        .execute(),
    );
    await expect(insert).rejects.toThrow(/cannot store TEXT value in INTEGER column/);
  });

  it('refuses the writer beside a write instead of waiting for ever', async () => {
    const beside = fresh.db.write(() => fresh.db.writer.selectFrom('setting').selectAll().execute());
    await expect(beside).rejects.toThrow('write inside a write');
  });

  it('tells which statement failed, without its values', async () => {
    const failed = sql`select ${'secret'} from nowhere`.execute(fresh.db.read);
    await expect(failed).rejects.toMatchObject({
      name: 'SqliteError',
      code: 'SQLITE_ERROR',
      sql: 'select ? from nowhere',
    });
  });

  it('ends work under way before it closes, and answers nothing afterwards', async () => {
    const db = await openDatabase(fresh.url);
    const write = db.write(async (tx) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      await tx.insertInto('setting').values({ name: 'last', value: '1' }).execute();
    });
    await Promise.all([write, db.close()]);
    expect(await fresh.db.read.selectFrom('setting').select('name').execute()).toEqual([{ name: 'last' }]);
    await expect(db.read.selectFrom('setting').selectAll().execute()).rejects.toThrow();
  });
});

it.runIf(databaseKind === 'sqlite').each([':memory:', 'sqlite:', 'mysql://host/database'])(
  'refuses %s',
  async (url) => {
    await expect(openDatabase(url)).rejects.toThrow(/sqlite/i);
  },
);

function counting(url: string, times: number) {
  const script = fileURLToPath(new URL('./countUp.ts', import.meta.url));
  return spawn(process.execPath, ['--import', 'tsx', script, url, String(times)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function countInAnotherProcess(url: string, times: number): Promise<void> {
  const child = counting(url, times);
  let complaint = '';
  child.stdout.resume();
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(complaint))));
  });
}
