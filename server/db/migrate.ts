import { Migrator } from 'kysely';
import type { Database } from './database.ts';
import { migrations } from './migrations/list.ts';

/**
 * Brings the tables up to date, all or nothing. Server processes that start at once wait for each other: on SQLite the
 * migrations run in one immediate transaction, on PostgreSQL under an advisory lock.
 *
 * @returns the names of the migrations that ran now.
 * @throws Error when one fails, or when the database was made by a newer version; nothing is changed then.
 */
export async function migrate(database: Database): Promise<string[]> {
  const migrator = new Migrator({
    db: database.writer,
    provider: { getMigrations: async () => migrations },
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error) {
    const failed = results.find(({ status }) => status === 'Error');
    throw new Error(
      failed
        ? `Migration ${failed.migrationName} failed; the database is as it was before.`
        : 'The database could not be brought up to date; it is as it was before.',
      { cause: error },
    );
  }
  return results.map(({ migrationName }) => migrationName);
}
