import { entryHash, GENESIS } from '../../audit/append.ts';
import type { Connection } from '../../db/database.ts';
import { loggedAfter } from './store.ts';

/** Follows the chain of the whole log. @returns how many entries stand, and the first that doesn't follow the one before */
export async function checkAccountLog(db: Connection): Promise<{ entries: number; broken: number | null }> {
  let previous = GENESIS;
  let seq = 0;
  for (;;) {
    const rows = await loggedAfter(db, { study: null }, seq, 1000);
    if (rows.length === 0) return { entries: seq, broken: null };
    for (const { hash, ...entry } of rows) {
      if (entry.seq !== seq + 1 || entry.previous_hash !== previous || entryHash(entry) !== hash)
        return { entries: seq, broken: seq + 1 };
      previous = hash;
      seq = entry.seq;
    }
  }
}
