import { AsyncResource } from 'node:async_hooks';
import type { Transaction } from '../database.ts';

type Begin = (work: (tx: Transaction) => Promise<void>) => Promise<void>;

interface Waiting {
  run(tx: Transaction): Promise<void>;
  settle(error?: unknown): void;
}

/** After so many writes, or so long, a transaction is committed whoever still waits. */
const MOST = 64;
const LONGEST_MS = 25;

/**
 * Short writes that wait at the same time are done one after the other in one transaction and share its commit: the
 * disk is synchronised once for all of them. Nobody hears of theirs before the commit, neither success nor refusal.
 * When one fails, everything is rolled back and the others are done again without it; the one that failed is done again
 * alone, because what it saw of the others wasn't committed.
 */
export class SharedCommit {
  readonly #begin: Begin;
  readonly #waiting: Waiting[] = [];
  /** Outside of whatever asks first, or the later writes would seem to be inside the first one. */
  readonly #drain = AsyncResource.bind(() => this.#all());
  #draining = false;

  constructor(begin: Begin) {
    this.#begin = begin;
  }

  /** @param work may run more than once, so it must do nothing outside the transaction */
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: T;
      const run = AsyncResource.bind(async (tx: Transaction) => {
        result = await work(tx);
      });
      this.#waiting.push({
        run,
        settle: (...failed) => (failed.length > 0 ? reject(failed[0]) : resolve(result)),
      });
      if (!this.#draining) void this.#drain();
    });
  }

  async #all(): Promise<void> {
    this.#draining = true;
    while (this.#waiting.length > 0) await this.#together([], this.#waiting);
    this.#draining = false;
  }

  /** @param more those who may still join */
  async #together(first: readonly Waiting[], more: Waiting[]): Promise<void> {
    const all = [...first];
    let failed: Waiting | undefined;
    try {
      await this.#begin(async (tx) => {
        const until = performance.now() + LONGEST_MS;
        for (let next = 0; ; next += 1) {
          if (next === all.length) {
            const joining =
              next === 0 || (next < MOST && performance.now() < until) ? more.shift() : undefined;
            if (!joining) return;
            all.push(joining);
          }
          failed = all[next]!;
          await failed.run(tx);
          failed = undefined;
        }
      });
    } catch (error) {
      if (all.length === 0) return more.shift()?.settle(error);
      if (all.length === 1) return all[0]!.settle(error);
      // Where a second one fails too, each is done alone: refusals never cost more than two runs besides.
      const groups =
        failed && first.length === 0
          ? [all.filter((one) => one !== failed), [failed]]
          : all.map((one) => [one]);
      for (const group of groups) await this.#together(group, []);
      return;
    }
    for (const one of all) one.settle();
  }
}
