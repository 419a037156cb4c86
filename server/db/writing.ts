import { AsyncLocalStorage } from 'node:async_hooks';
import type { Transaction } from './database.ts';

/**
 * Whose turn it is to write. A write inside a write, or the writer used beside the transaction, would wait for ever for
 * the outer one to end; here it fails at once instead.
 */
export class Turn {
  readonly #current = new AsyncLocalStorage<{ state: 'asked' | 'writing' | 'over' }>();

  /** Runs the work by `begin`, as the only write of whoever called. */
  async take<T>(
    begin: (work: (tx: Transaction) => Promise<T>) => Promise<T>,
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    this.#refuseInside();
    const turn: { state: 'asked' | 'writing' | 'over' } = { state: 'asked' };
    try {
      return await this.#current.run(turn, () =>
        begin((tx) => {
          turn.state = 'writing';
          return work(tx);
        }),
      );
    } finally {
      turn.state = 'over';
    }
  }

  /** For a writer of which there is only one: call when someone asks for it. */
  readonly check = (): void => this.#refuseInside();

  #refuseInside(): void {
    if (this.#current.getStore()?.state === 'writing') {
      throw new Error(
        'A write inside a write would wait for ever: pass the transaction on, or use savepoint.',
      );
    }
  }
}
