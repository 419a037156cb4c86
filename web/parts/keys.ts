import { useEffect, useRef, useSyncExternalStore } from 'react';

const setting = 'equipoise-single-keys';
const listeners = new Set<() => void>();

function allowed(): boolean {
  try {
    return localStorage.getItem(setting) !== 'off';
  } catch {
    return true;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether single keys act; people who speak to their computer turn them off (WCAG 2.1.4). */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, allowed);
  const set = (next: boolean) => {
    localStorage.setItem(setting, next ? 'on' : 'off');
    for (const listener of listeners) listener();
  };
  return [on, set];
}

/** Whether the key was typed into a field, or a dialog is open over the page. */
function elsewhere(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  if (target?.closest('input:not([type=radio],[type=checkbox]), textarea, select, [contenteditable=true]'))
    return true;
  return document.querySelector('[role=dialog][aria-modal=true], [role=menu]') !== null;
}

/**
 * Single keys of a page: `{ j: next, '?': help }`, by `KeyboardEvent.key` in lower case. They rest while a
 * field or a dialog has the focus, while a modifier is held, and when the person turned them off.
 */
export function useKeys(keys: Record<string, (event: KeyboardEvent) => void>, enabled = true): void {
  const [single] = useSingleKeys();
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!enabled || !single) return;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const act = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (act === undefined || elsewhere(event)) return;
      act(event);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [enabled, single]);
}
