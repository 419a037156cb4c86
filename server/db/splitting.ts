import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  DummyDriver,
  Kysely,
  type QueryResult,
} from 'kysely';
import type { Connection } from './database.ts';
import type { Tables } from './schema.ts';

/**
 * One connection made of two: what only reads goes to the readers and never waits for a writer, everything else to the
 * writer, statement by statement. For a library that takes a single database; it can't begin a transaction.
 *
 * @param like the dialect whose SQL both speak; its driver isn't used
 */
export function splitting(read: Connection, writer: Connection, like: Dialect): Connection {
  const connection: DatabaseConnection = {
    executeQuery: <R>(query: CompiledQuery): Promise<QueryResult<R>> =>
      (query.query.kind === 'SelectQueryNode' ? read : writer).executeQuery<R>(query as CompiledQuery<R>),
    streamQuery() {
      throw new Error('Rows can only be streamed from the readers.');
    },
  };
  class Splitting extends DummyDriver implements Driver {
    override async acquireConnection(): Promise<DatabaseConnection> {
      return connection;
    }
    override async beginTransaction(): Promise<void> {
      throw new Error('Transactions go through `write`.');
    }
  }
  return new Kysely<Tables>({
    dialect: {
      createDriver: () => new Splitting(),
      createAdapter: () => like.createAdapter(),
      createQueryCompiler: () => like.createQueryCompiler(),
      createIntrospector: (db) => like.createIntrospector(db),
    },
  });
}
