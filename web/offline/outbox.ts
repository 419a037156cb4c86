import type { KeptDatabase } from './database.ts';
import { type Draft, type FormPlace, type KeptWork, samePlace, type Trouble } from './kept.ts';

/** What one person typed on this device and the server has not confirmed. */
export interface Outbox {
  readonly user: string;
  /** In the order in which it is sent; the same list until something changes. */
  list(): readonly KeptWork[];
  read(place: FormPlace): KeptWork | null;
  write(place: FormPlace, draft: Draft): void;
  /** Removes what is kept of a form, if it is still in the state of `stamp`. */
  remove(place: FormPlace, stamp: string): void;
  /** Notes why the server did not take this state of the work; null when it is to be tried again. */
  mark(place: FormPlace, stamp: string, trouble: Trouble | null): void;
  /** False where the device refuses to keep: then what is typed lives in the page alone. */
  durable(): boolean;
  subscribe(listener: () => void): () => void;
  /** Reads again what the device has, after another window of this browser wrote. */
  reload(): Promise<void>;
  /** Everything handed over so far is on the device, or the device has refused it. */
  settled(): Promise<void>;
}

interface Parts {
  /** Null where the browser keeps no database. */
  database: KeptDatabase | null;
  user: string;
  now(): string;
  newStamp(): string;
  /** Tells the other windows of this browser. */
  onWrite(): void;
}

/** Opens the outbox of one person; of others who use this device it holds and tells nothing. */
export async function openOutbox({ database, user, now, newStamp, onWrite }: Parts): Promise<Outbox> {
  let durable = database !== null;
  let list: readonly KeptWork[] = [];
  let writing: Promise<unknown> = Promise.resolve();
  let writes = 0;
  const listeners = new Set<() => void>();
  // Later: work may be read, and so written, while a page is being drawn.
  const announce = () => {
    for (const listener of listeners) listener();
  };
  const tell = () => queueMicrotask(announce);

  async function load(): Promise<void> {
    if (!database) return;
    try {
      // What was written while the device was read is newer than what it told.
      let before: number;
      do {
        before = writes;
        await writing;
        const found = await database.of(user);
        if (before === writes) list = found;
      } while (before !== writes);
    } catch {
      durable = false;
    }
  }

  function follow(write: Promise<void> | undefined): void {
    if (!write) return;
    writes += 1;
    const done = write.then(
      () => {
        if (!durable) {
          durable = true;
          tell();
        }
        onWrite();
      },
      () => {
        durable = false;
        tell();
      },
    );
    writing = Promise.all([writing, done]);
  }

  function put(kept: KeptWork): void {
    const at = list.findIndex((one) => samePlace(one, kept));
    list = at < 0 ? [...list, kept] : list.with(at, kept);
    follow(database?.put(kept));
    tell();
  }

  const read = (place: FormPlace) => list.find((one) => samePlace(one, place)) ?? null;

  await load();
  return {
    user,
    list: () => list,
    read,
    write({ study, participant, visit, instrument, entry }, draft) {
      const place = { study, participant, visit, instrument, entry };
      put({ ...place, ...draft, user, since: read(place)?.since ?? now(), stamp: newStamp() });
    },
    remove(place, stamp) {
      if (read(place)?.stamp !== stamp) return;
      list = list.filter((one) => !samePlace(one, place));
      follow(database?.remove(user, place, stamp));
      tell();
    },
    mark(place, stamp, trouble) {
      const kept = read(place);
      if (kept?.stamp === stamp) put({ ...kept, trouble });
    },
    durable: () => durable,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async reload() {
      if (!durable) return;
      await load();
      tell();
    },
    settled: async () => void (await writing),
  };
}
