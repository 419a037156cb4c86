import { useSyncExternalStore } from 'react';

/** What the top bar says about what was typed. */
export type SavedState = { kind: 'saved' | 'saving' | 'device' | 'failed'; at: Date };

let state: SavedState = { kind: 'saved', at: new Date() };
let pending = 0;
const listeners = new Set<() => void>();

/** Says where the last change is: on the server, on its way, or on this device only. */
export function reportSaved(kind: SavedState['kind']): void {
  state = { kind, at: new Date() };
  for (const listener of listeners) listener();
}

/** Follows one write from the page to the server. */
export async function saving<T>(write: Promise<T>): Promise<T> {
  pending += 1;
  reportSaved('saving');
  try {
    const result = await write;
    pending -= 1;
    if (pending === 0) reportSaved('saved');
    return result;
  } catch (cause) {
    pending -= 1;
    reportSaved('failed');
    throw cause;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useSaved = (): SavedState => useSyncExternalStore(subscribe, () => state);
