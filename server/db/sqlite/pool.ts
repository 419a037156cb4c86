import type { SqliteConnection } from './connection.ts';

/** How long a close waits for work under way. */
const DRAIN_MS = 10_000;

/** Up to `size` connections, opened when first needed, lent to one borrower at a time, first come first served. */
export class ConnectionPool {
  readonly #open: () => Promise<SqliteConnection>;
  readonly #size: number;
  readonly #all = new Set<SqliteConnection>();
  readonly #idle: SqliteConnection[] = [];
  readonly #broken = new Set<SqliteConnection>();
  readonly #waiting: { resolve(connection: SqliteConnection): void; reject(error: Error): void }[] = [];
  #opening = 0;
  #closed = false;
  #drained: (() => void) | undefined;

  constructor(size: number, open: () => Promise<SqliteConnection>) {
    this.#size = size;
    this.#open = open;
  }

  async acquire(): Promise<SqliteConnection> {
    if (this.#closed) throw new Error('The database is closed.');
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#all.size + this.#opening >= this.#size) {
      return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    }
    this.#opening++;
    try {
      const connection = await this.#open();
      this.#all.add(connection);
      return connection;
    } catch (error) {
      // With no connection left, nobody would ever release one to those who wait.
      if (this.#all.size === 0) for (const { reject } of this.#waiting.splice(0)) reject(error as Error);
      throw error;
    } finally {
      this.#opening--;
    }
  }

  /** Takes a connection in an unknown state out of use; its borrower still releases it. */
  discard(connection: SqliteConnection): void {
    this.#broken.add(connection);
  }

  release(connection: SqliteConnection): void {
    if (this.#broken.delete(connection)) {
      this.#replace(connection);
      return;
    }
    const next = this.#waiting.shift();
    if (next) next.resolve(connection);
    else this.#idle.push(connection);
    if (this.#idle.length === this.#all.size) this.#drained?.();
  }

  #replace(connection: SqliteConnection): void {
    this.#all.delete(connection);
    const waiting = this.#waiting.splice(0);
    connection.close().then(
      () => {
        for (const { resolve, reject } of waiting) this.acquire().then(resolve, reject);
      },
      (error: Error) => {
        for (const { reject } of waiting) reject(error);
      },
    );
    if (this.#idle.length === this.#all.size) this.#drained?.();
  }

  /** Lets work under way end, then closes every connection. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#opening > 0 || this.#idle.length < this.#all.size) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#drained = resolve;
        timer = setTimeout(resolve, DRAIN_MS);
      });
      clearTimeout(timer);
    }
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('The database is closed.'));
    await Promise.all([...this.#all].map((connection) => connection.close()));
    this.#all.clear();
  }
}
