import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';

/**
 * Commits per second of raw SQLite: one insert a transaction with `synchronous = FULL`, in a new file in the folder.
 * It is what the disk and the driver allow.
 */
export async function commitsPerSecond(folder: string, commits: number, text: string): Promise<number> {
  const db = new sqlite3.Database(join(folder, `raw-${randomBytes(4).toString('hex')}.sqlite`));
  const run = (sql: string, ...parameters: unknown[]): Promise<void> =>
    new Promise((resolve, reject) => db.run(sql, parameters, (error) => (error ? reject(error) : resolve())));
  await run('pragma journal_mode = wal');
  await run('pragma synchronous = full');
  await run('create table saved (id integer primary key, answers text)');
  const begin = performance.now();
  for (let index = 0; index < commits; index += 1) await run('insert into saved (answers) values (?)', text);
  const rate = (1000 * commits) / (performance.now() - begin);
  await new Promise((resolve) => db.close(resolve));
  return rate;
}
