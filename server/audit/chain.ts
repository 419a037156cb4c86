import { entryHash, GENESIS } from './append.ts';

/** An entry with its links, as it stands in the database and in a whole export. */
export interface Link {
  seq: number;
  previous_hash: string;
  hash: string;
}

export interface Break {
  seq: number;
  /** What differs, in words. */
  what: string;
}

/** Follows a chain entry by entry; stops at the first that doesn't hold. */
export class ChainCheck {
  #seq = 0;
  #hash = GENESIS;
  broken: Break | null = null;

  get entries(): number {
    return this.#seq;
  }

  get last(): string {
    return this.#hash;
  }

  /** @returns whether the chain still holds */
  follow({ hash, ...entry }: Link): boolean {
    if (this.broken) return false;
    const expected = this.#seq + 1;
    const what = this.#difference({ ...entry, hash }, expected, entry);
    if (what !== null) {
      this.broken = { seq: Math.min(expected, entry.seq > expected ? expected : entry.seq), what };
      return false;
    }
    this.#seq = entry.seq;
    this.#hash = hash;
    return true;
  }

  #difference(link: Link, expected: number, entry: object): string | null {
    if (link.seq > expected) return `it is missing; entry ${link.seq} stands where it should be`;
    if (link.seq < expected) return `the number stands twice or out of order, after entry ${this.#seq}`;
    const contents = entryHash(entry);
    if (contents !== link.hash)
      return `its contents were changed: they give the hash ${contents}, the entry carries ${link.hash}`;
    if (link.previous_hash !== this.#hash)
      return `it doesn’t follow the entry before: it names ${link.previous_hash}, the entry before has ${this.#hash}`;
    return null;
  }
}
