import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ItemValues } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import type { Surroundings } from '../../server/instruments/rules.ts';
import type { Work } from './difference.ts';
import { type EntryAction, enter, startEntry } from './entry.ts';
import { type Hiding, hidingOf, without } from './hiding.ts';
import { readKey } from './keys.ts';
import { entryOrder } from './order.ts';
import type { Saver } from './saving.ts';

interface Parts {
  saver: Saver;
  instrument: InstrumentDocument;
  around: Surroundings;
  missingCodes: readonly string[];
  readOnly: boolean;
  complete: boolean;
  singleKeys: boolean;
  /** What a change of answers means for the whole work: the date of assessment goes with the first answer. */
  withDay(work: Work): Work;
  onHelp(): void;
}

/** Steers entry: which item is unfolded, where the focus is, and what keys do. */
export function useEntry({
  saver,
  instrument,
  around,
  missingCodes,
  readOnly,
  complete,
  singleKeys,
  withDay,
  onHelp,
}: Parts) {
  const orderOf = useCallback(
    (values: ItemValues) => entryOrder(instrument, values, around),
    [instrument, around],
  );
  const order = orderOf(saver.view().work.values);
  const sheet = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const [cursor, setCursor] = useState(() => {
    const { current } = startEntry(orderOf(saver.view().work.values), saver.view().work.values);
    return { current: readOnly ? null : current, missingOpen: false };
  });

  const [hiding, setHiding] = useState<Hiding | null>(null);

  const act = useCallback(
    (action: EntryAction, hidden: Hiding['items'] = []) => {
      const { work } = saver.view();
      // An answer decides which items come after it.
      const then = action.type === 'set' ? { ...work.values, [action.item]: action.value } : work.values;
      const { values: entered, ...next } = enter(orderOf(then), { values: work.values, ...cursor }, action);
      const values = hidden.length > 0 ? without(entered, hidden) : entered;
      moved.current = true;
      setCursor(next);
      if (values !== work.values && action.type !== 'replace') saver.change(withDay({ ...work, values }));
    },
    [saver, orderOf, cursor, withDay],
  );
  const dispatch = useCallback(
    (action: EntryAction) => {
      const found = hidingOf(instrument, { values: saver.view().work.values, ...cursor }, action, around);
      if (found) setHiding(found);
      else act(action);
    },
    [act, instrument, saver, cursor, around],
  );
  /** Makes the change that would hide answered items, or leaves it. */
  const decide = (clear: boolean) => {
    setHiding(null);
    if (hiding && clear) act(hiding.action, hiding.items);
  };

  useLayoutEffect(() => {
    if (readOnly || (cursor.current === null && (complete || !moved.current))) return;
    focusEntry(sheet.current, cursor.current, cursor.missingOpen);
  }, [complete, cursor, readOnly]);

  // Once this page has made the form complete, Enter leads on.
  const wasComplete = useRef(complete);
  useEffect(() => {
    if (complete && !wasComplete.current) {
      const end = sheet.current?.querySelector('[data-end]');
      (end?.querySelector<HTMLElement>('[data-entry]') ?? end?.querySelector('a'))?.focus();
    }
    wasComplete.current = complete;
  }, [complete]);

  useEffect(() => {
    if (readOnly) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.defaultPrevented || !steers(target, event.key)) return;
      const item = instrument.items.find(({ id }) => id === cursor.current) ?? null;
      const command = readKey(
        {
          key: event.key,
          shiftKey: event.shiftKey,
          ctrlKey: event.ctrlKey,
          altKey: event.altKey,
          metaKey: event.metaKey,
          typing: target.matches('input, textarea, select'),
        },
        {
          item,
          missingOpen: cursor.missingOpen,
          missingCodes: missingCodes.length,
          singleKeys,
          first: cursor.current === order[0],
        },
      );
      if (!command) return;
      event.preventDefault();
      const current = cursor.current;
      switch (command.do) {
        case 'answer':
          return (
            current &&
            dispatch({ type: 'set', item: current, value: { value: command.value }, advance: true })
          );
        case 'choose-missing': {
          const missing = missingCodes[command.index];
          return (
            current && missing && dispatch({ type: 'set', item: current, value: { missing }, advance: true })
          );
        }
        case 'next':
        case 'back':
          return dispatch({ type: command.do });
        case 'open-missing':
        case 'close-missing':
          return dispatch({ type: 'missing', open: command.do === 'open-missing' });
        case 'clear':
          return current && dispatch({ type: 'clear', item: current });
        case 'move-option':
          return moveOption(target, command.by);
        case 'help':
          return onHelp();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [instrument, cursor, dispatch, missingCodes, order, readOnly, singleKeys, onHelp]);

  return { sheet, cursor, dispatch, hiding, decide };
}

/** Keys steer entry from the items or from nowhere in particular, never from another field, a dialog or an alert. */
function steers(target: HTMLElement, key: string): boolean {
  if (target === document.body || target.id === 'main')
    return document.querySelector('[role="dialog"]') === null;
  if (!target.closest('[data-items]') || target.closest('[role="alert"]')) return false;
  const role = target.getAttribute('role');
  // On a slider the arrows move the mark.
  if (role === 'slider') return !key.startsWith('Arrow');
  const answers = role === 'radio' || target.matches('input, textarea');
  return answers || !['Enter', 'Tab', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].includes(key);
}

function moveOption(target: HTMLElement, by: 1 | -1): void {
  const options = [
    ...(target.closest('[role="radiogroup"]')?.querySelectorAll<HTMLElement>('[role="radio"]') ?? []),
  ];
  const at = options.indexOf(target);
  if (at >= 0) options[(at + by + options.length) % options.length]?.focus();
}

function focusEntry(sheet: HTMLElement | null, current: string | null, missingOpen: boolean): void {
  const place =
    current === null
      ? sheet?.querySelector<HTMLElement>('[data-end]')
      : sheet?.querySelector<HTMLElement>('[data-current]');
  const field = place?.querySelector<HTMLElement>('[data-entry]');
  // A form that comes up under the question whether anyone is still there leaves the focus to the question.
  if (document.querySelector('[data-session-dialog]')) return;
  const phone = window.matchMedia('(pointer: coarse)').matches;
  // On a phone a focused text field would bring the keyboard up before anyone asked for it.
  if (field && !(phone && !missingOpen && field.matches('input, textarea')))
    field.focus({ preventScroll: true });
  const quick = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  place?.scrollIntoView({ block: 'nearest', behavior: quick ? 'auto' : 'smooth' });
}
