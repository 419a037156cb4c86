const listeners = new Set<() => void>();

/** Calls back when what waits can be sent again: the network is back, the server answers, or the person signed in again. */
export function onResume(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What waits can be sent again. */
export function resume(): void {
  for (const listener of listeners) listener();
}
