import { newKey } from '../api.ts';

const nameOf = (act: string): string => `equipoise:key:${act}`;
const memory = new Map<string, string>();

/** The key of an intended act, made once and kept over retries and reloads of this window. */
export function keptKey(act: string): string {
  const key = findKey(act) ?? newKey();
  memory.set(act, key);
  try {
    sessionStorage.setItem(nameOf(act), key);
  } catch {
    // Storage is shut: the key lives as long as the page.
  }
  return key;
}

/** The key of an act that was tried before in this window; null where it was not. */
export function findKey(act: string): string | null {
  try {
    return sessionStorage.getItem(nameOf(act)) ?? memory.get(act) ?? null;
  } catch {
    return memory.get(act) ?? null;
  }
}

/** Ends the act: the next one is another. */
export function dropKey(act: string): void {
  memory.delete(act);
  try {
    sessionStorage.removeItem(nameOf(act));
  } catch {
    // Nothing was kept there.
  }
}
