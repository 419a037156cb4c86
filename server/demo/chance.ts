import { createHash } from 'node:crypto';
import { HmacDrbg } from '../../randomisation/index.ts';

/** Repeatable chance for the demonstration: the same seed gives the same people. */
export class Chance {
  readonly #drbg: HmacDrbg;
  #bytes: Uint8Array = new Uint8Array(0);
  #used = 0;

  constructor(seed: string) {
    this.#drbg = new HmacDrbg({
      entropy: createHash('sha256').update(seed).digest(),
      nonce: Buffer.from('equipoise-demonstration'),
    });
  }

  /** Uniform in [0, 1) with 32 bits. */
  uniform(): number {
    if (this.#used + 4 > this.#bytes.length) {
      this.#bytes = this.#drbg.generate(4096);
      this.#used = 0;
    }
    const value = Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + this.#used, 4).readUInt32BE();
    this.#used += 4;
    return value / 2 ** 32;
  }

  /** Whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1));
  }

  happens(probability: number): boolean {
    return this.uniform() < probability;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.integer(0, from.length - 1)]!;
  }

  /** Picks by weight. */
  weighted<T>(options: readonly [T, number][]): T {
    let rest = this.uniform() * options.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of options) {
      rest -= weight;
      if (rest < 0) return value;
    }
    return options.at(-1)![0];
  }

  shuffled<T>(items: readonly T[]): T[] {
    const copy = [...items];
    for (let last = copy.length - 1; last > 0; last -= 1) {
      const other = this.integer(0, last);
      [copy[last], copy[other]] = [copy[other]!, copy[last]!];
    }
    return copy;
  }
}
