import type { Work } from './difference.ts';

/** Unconfirmed work that stays on this device until the server has it. */
export interface Draft {
  /** The version of the form that the work began on, and what it held. */
  version: number;
  base: Work;
  work: Work;
}

/** Where drafts are kept: one form of one person at one key, so that nobody meets another's work. */
export interface DraftPlace {
  read(): Draft | null;
  write(draft: Draft): void;
  clear(): void;
}

/** Drafts in the browser's own storage. Where storage is full or shut, work lives in the page only. */
export function draftPlace(storage: Storage, key: string): DraftPlace {
  const name = `equipoise:draft:${key}`;
  return {
    read() {
      const kept = attempt(() => storage.getItem(name));
      const draft = kept ? attempt(() => JSON.parse(kept) as Draft) : null;
      return draft && typeof draft.version === 'number' && draft.work?.values && draft.base?.values
        ? draft
        : null;
    },
    write(draft) {
      attempt(() => storage.setItem(name, JSON.stringify(draft)));
    },
    clear() {
      attempt(() => storage.removeItem(name));
    },
  };
}

function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}
