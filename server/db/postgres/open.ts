import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import Cursor from 'pg-cursor';
import type { Database, Transaction } from '../database.ts';
import type { Tables } from '../schema.ts';
import { oneAtATime } from '../writing.ts';
import { types } from './types.ts';

/** Readers and writers have connections of their own, so that waiting writers never use up those of readers. */
const READERS = 16;
const WRITERS = 8;
const ATTEMPTS = 5;

export async function openPostgres(url: string): Promise<Database> {
  const pools = [READERS, WRITERS].map((max) => {
    const pool = new pg.Pool({ connectionString: url, max, types, application_name: 'equipoise' });
    // A connection that breaks while idle is replaced at its next use.
    pool.on('error', () => undefined);
    return pool;
  }) as [pg.Pool, pg.Pool];
  const dialect = (pool: pg.Pool, settings: string[]) =>
    new PostgresDialect({
      pool,
      cursor: Cursor,
      onCreateConnection: async (connection) => {
        for (const setting of settings) await connection.executeQuery(CompiledQuery.raw(setting));
      },
    });
  const read = new Kysely<Tables>({
    dialect: dialect(pools[0], ['set session characteristics as transaction read only']),
  });
  const writer = new Kysely<Tables>({
    dialect: dialect(pools[1], [
      "set lock_timeout = '30s'",
      "set idle_in_transaction_session_timeout = '60s'",
    ]),
  });
  const database: Database = {
    kind: 'postgres',
    read,
    writer,
    write: oneAtATime((work) => retrying(() => alone(writer, work))),
    snapshot: (work) =>
      read.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
    async close() {
      await Promise.all([read.destroy(), writer.destroy()]);
      await Promise.all(pools.map((pool) => (pool.ended ? undefined : pool.end())));
    },
  };
  try {
    await sql`select 1`.execute(writer);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
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
