import { type RefObject, useLayoutEffect } from 'react';

interface Place {
  /** Of the row that has the focus, and which of all rows it is. */
  key: string;
  at: number;
  /** Which of the row’s links and buttons. */
  inner: number;
}

/**
 * Keeps the focus in a list whose rows, marked `data-key`, come and go by themselves: with its row, or where that is
 * gone with the one that took its place, or at the page’s heading where no row is left.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>): void {
  const before = placeIn(list.current);
  useLayoutEffect(() => {
    if (before === null || document.activeElement !== document.body) return;
    const rows = rowsOf(list.current);
    const same = rows.find(({ dataset }) => dataset.key === before.key);
    const row = same ?? rows[Math.min(before.at, rows.length - 1)];
    const inside = row ? focusable(row) : [];
    const heading = document.querySelector<HTMLElement>('main h1');
    (inside[same ? before.inner : 0] ?? inside[0] ?? heading)?.focus({ preventScroll: true });
  });
}

const rowsOf = (list: HTMLElement | null): HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>('[data-key]') ?? []),
];

const focusable = (row: HTMLElement): HTMLElement[] => [...row.querySelectorAll<HTMLElement>('a, button')];

function placeIn(list: HTMLElement | null): Place | null {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !list?.contains(focused)) return null;
  const row = focused.closest<HTMLElement>('[data-key]');
  if (row?.dataset.key === undefined) return null;
  return { key: row.dataset.key, at: rowsOf(list).indexOf(row), inner: focusable(row).indexOf(focused) };
}
