import { useSyncExternalStore } from 'react';

/** Since when the server has not answered; null while it does. */
let since: Date | null = null;
const listeners = new Set<() => void>();

function set(next: Date | null): void {
  if ((next === null) === (since === null)) return;
  since = next;
  for (const listener of listeners) listener();
}

/** A request got an answer, whatever it was. */
export const heard = (): void => set(null);
/** A request got none. */
export const unheard = (): void => set(new Date());

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Since when the server has not answered; null while it does. */
export const useSilence = (): Date | null => useSyncExternalStore(subscribe, () => since);
