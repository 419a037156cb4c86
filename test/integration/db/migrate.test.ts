import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../server/db/database.ts';
import { migrate } from '../../../server/db/migrate.ts';
import { migrations } from '../../../server/db/migrations/list.ts';
import { emptyPlace } from '../../setup/database.ts';

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function open(url: string): Promise<Database> {
  const db = await openDatabase(url);
  undo.push(() => db.close());
  return db;
}

async function place(): Promise<string> {
  const { url, remove } = await emptyPlace();
  undo.push(remove);
  return url;
}

it('makes every table from nothing, and then has nothing left to do', async () => {
  const db = await open(await place());
  expect(await migrate(db)).toEqual(Object.keys(migrations));
  expect(await migrate(db)).toEqual([]);
  expect(await db.read.selectFrom('audit').selectAll().execute()).toEqual([]);
});

it('is done once when several servers start at the same moment', async () => {
  const url = await place();
  const servers = await Promise.all([open(url), open(url), open(url)]);
  const done = await Promise.all(servers.map(migrate));
  expect(done.flat()).toEqual(Object.keys(migrations));
});

it('refuses a database that a newer version made, and leaves it as it is', async () => {
  const db = await open(await place());
  await migrate(db);
  await sql`insert into kysely_migration values ('9999-from-the-future', '2099-01-01')`.execute(db.writer);
  await expect(migrate(db)).rejects.toThrow('it is as it was before');
});

it('leaves better-auth nothing to create, add or index', async () => {
  const db = await open(await place());
  await migrate(db);
  const plan = await getMigrations({
    database: { db: db.writer, type: db.kind },
    emailAndPassword: { enabled: true },
  });
  expect(plan.toBeCreated).toEqual([]);
  expect(plan.toBeAdded).toEqual([]);
  expect((await plan.compileMigrations()).replaceAll(/[\s;]/g, '')).toBe('');
});
