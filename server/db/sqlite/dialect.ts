import {
  type Dialect,
  type Driver,
  type Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/** Schema changes of SQLite are transactional: a migration is done wholly or not at all. */
class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** SQLite for kysely, over a driver that writes or one that reads. */
export class SqliteDialect implements Dialect {
  readonly createDriver: () => Driver;

  constructor(driver: Driver) {
    this.createDriver = () => driver;
  }

  createAdapter = () => new Adapter();
  createQueryCompiler = () => new SqliteQueryCompiler();
  createIntrospector = (db: Kysely<unknown>) => new SqliteIntrospector(db);
}
