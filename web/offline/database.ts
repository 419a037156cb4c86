import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { FormPlace, KeptWork } from './kept.ts';

interface Tables extends DBSchema {
  work: {
    key: [user: string, study: string, participant: string, visit: string, instrument: string, entry: string];
    value: KeptWork;
    indexes: { user: string };
  };
}

/** The database on this device that holds what the server has not confirmed, of every person who signs in here. */
export interface KeptDatabase {
  /** What one person has here, in the order of its keeping; nobody else's. */
  of(user: string): Promise<KeptWork[]>;
  /** Handed to the browser before this returns, so that a page that closes right after loses nothing. */
  put(kept: KeptWork): Promise<void>;
  /** Removes the record in the state named by the stamp; a newer state stays. */
  remove(user: string, place: FormPlace, stamp: string): Promise<void>;
  close(): void;
}

/** Opens the database. Throws where the browser keeps none, as in some private windows. */
export async function openKept(name = 'equipoise-kept'): Promise<KeptDatabase> {
  const db: IDBPDatabase<Tables> = await openDB<Tables>(name, 2, {
    async upgrade(opened, before, _after, change) {
      // The first version knew no second entries: what it kept is of first ones.
      const kept = before === 1 ? await change.objectStore('work').getAll() : [];
      if (before === 1) opened.deleteObjectStore('work');
      const work = opened.createObjectStore('work', {
        keyPath: ['user', 'study', 'participant', 'visit', 'instrument', 'entry'],
      });
      work.createIndex('user', 'user');
      for (const one of kept) await work.put({ ...one, entry: 'first' });
    },
    // A newer page of this application wants to change the tables: it must not wait for this one.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return {
    async of(user) {
      const found = await db.getAllFromIndex('work', 'user', user);
      return found.sort((one, other) => (one.since < other.since ? -1 : 1));
    },
    async put(kept) {
      const write = db.transaction('work', 'readwrite');
      const put = write.store.put(kept);
      write.commit();
      await Promise.all([put, write.done]);
    },
    async remove(user, { study, participant, visit, instrument, entry }, stamp) {
      const write = db.transaction('work', 'readwrite');
      const key: Tables['work']['key'] = [user, study, participant, visit, instrument, entry];
      if ((await write.store.get(key))?.stamp === stamp) await write.store.delete(key);
      await write.done;
    },
    close: () => db.close(),
  };
}
