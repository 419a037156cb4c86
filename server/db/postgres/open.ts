import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import Cursor from 'pg-cursor';
import type { Database, Reader, Transaction } from '../database.ts';
import type { Tables } from '../schema.ts';
import { Turn } from '../writing.ts';
import { types } from './types.ts';

/** Readers and writers have connections of their own, so that waiting writers never use up those of readers. */
const READERS = 16;
const WRITERS = 8;
const ATTEMPTS = 5;
const READ_ONLY = ['set session characteristics as transaction read only'];

export async function openPostgres(url: string): Promise<Database> {
  const read = connect(url, READERS, READ_ONLY);
  const writer = connect(url, WRITERS, [
    "set lock_timeout = '30s'",
    "set idle_in_transaction_session_timeout = '60s'",
  ]);
  const turn = new Turn();
  const database: Database = {
    kind: 'postgres',
    read,
    writer,
    accounts: writer,
    write: (work) => turn.take((begun) => retrying(() => alone(writer, begun)), work),
    snapshot: snapshotOf(read),
    async close() {
      await Promise.all([read.destroy(), writer.destroy()]);
    },
  };
  try {
    for (const connection of [writer, read]) await sql`select 1`.execute(connection);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

/** The database for reading only. */
export function openPostgresReader(url: string): Reader {
  const read = connect(url, 1, READ_ONLY);
  return { snapshot: snapshotOf(read), close: () => read.destroy() };
}

function snapshotOf(read: Kysely<Tables>): Database['snapshot'] {
  return (work) =>
    read
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        // The snapshot is that of the first query.
        await sql`select 1`.execute(tx);
        return work(tx);
      });
}

/** Up to `size` connections, each set up by the statements when it is made. */
function connect(url: string, size: number, setup: readonly string[]): Kysely<Tables> {
  const pool = new pg.Pool({ connectionString: url, max: size, types, application_name: 'equipoise' });
  // A connection that breaks fails the query under way, if any, and is replaced at its next use; without a listener it
  // would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool,
      cursor: Cursor,
      onCreateConnection: async (connection) => {
        for (const statement of setup) await connection.executeQuery(CompiledQuery.raw(statement));
      },
    }),
  });
}

/**
 * A serialisable transaction that begins by locking the write gate, an empty table. `lock table` is the one way to wait
 * before the snapshot is taken: whoever comes through sees everything that those before it committed.
 */
function alone<T>(writer: Kysely<Tables>, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return writer
    .transaction()
    .setIsolationLevel('serializable')
    .execute(async (tx) => {
      await sql`lock table write_gate in exclusive mode`.execute(tx);
      return work(tx);
    });
}

/** Serialisation failure and deadlock: the same work, run again, can succeed. */
const TRANSIENT = new Set(['40001', '40P01']);

async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (count === ATTEMPTS || !TRANSIENT.has((error as { code?: string }).code ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** count));
    }
  }
}
