import { PostgresAdapter } from 'kysely';
import type { Connection } from './database.ts';

/**
 * Runs the parts of a transaction that don't need each other's results. On SQLite their statements are on several
 * threads at once, and none waits for another's way back through the driver; in which order they are done is open. On
 * PostgreSQL, whose connections take one query at a time, one follows the other. When a part fails the others still end
 * before the error is passed on, so that none can write after the roll-back.
 */
export async function together<T extends readonly unknown[]>(
  tx: Connection,
  parts: { [K in keyof T]: () => Promise<T[K]> },
): Promise<T> {
  const results: unknown[] = [];
  if (tx.getExecutor().adapter instanceof PostgresAdapter) {
    for (const part of parts) results.push(await part());
    return results as unknown as T;
  }
  for (const settled of await Promise.allSettled(parts.map((part) => part()))) {
    if (settled.status === 'rejected') throw settled.reason;
    results.push(settled.value);
  }
  return results as unknown as T;
}
