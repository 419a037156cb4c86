import type { Transaction } from './database.ts';

const kept = new WeakMap<Transaction, Map<string, unknown>>();

/**
 * What a transaction knows of the database because it read or wrote it itself, by a name: nobody else writes while it
 * lasts, so it needn't ask again. Empty at its beginning, and again after a part of it was undone.
 */
export function keptIn(tx: Transaction): Map<string, unknown> {
  let known = kept.get(tx);
  if (!known) {
    known = new Map();
    kept.set(tx, known);
  }
  return known;
}

/** After an undone part nothing is sure any more. */
export function forgetKept(tx: Transaction): void {
  kept.delete(tx);
}
