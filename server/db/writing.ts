import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database, Transaction } from './database.ts';

/**
 * Guards `write` against itself: a `write` inside a `write` would wait for ever for the outer one to end.
 *
 * @throws Error at such a call.
 */
export function oneAtATime(
  begin: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>,
): Database['write'] {
  const current = new AsyncLocalStorage<{ open: boolean }>();
  return async (work) => {
    if (current.getStore()?.open) {
      throw new Error('write was called inside write: pass the transaction on, or use savepoint(tx, …).');
    }
    const call = { open: true };
    try {
      return await current.run(call, () => begin(work));
    } finally {
      call.open = false;
    }
  };
}
