import type { ItemValue, ItemValues } from '../../server/forms/contract.ts';

/** Where the person is in the form, and what has been entered so far. */
export interface Entry {
  values: ItemValues;
  /** The unfolded item; null past the last one. */
  current: string | null;
  missingOpen: boolean;
}

export type EntryAction =
  | { type: 'set'; item: string; value: ItemValue; advance: boolean }
  | { type: 'clear'; item: string }
  | { type: 'go'; item: string | null }
  | { type: 'next' }
  | { type: 'back' }
  | { type: 'missing'; open: boolean }
  | { type: 'replace'; values: ItemValues };

/** Begins at the first item that has neither an answer nor a reason. */
export function startEntry(order: readonly string[], values: ItemValues): Entry {
  return { values, current: order.find((item) => !values[item]) ?? null, missingOpen: false };
}

/** The next state of entry; `order` is the order of the items in the instrument. */
export function enter(order: readonly string[], entry: Entry, action: EntryAction): Entry {
  switch (action.type) {
    case 'set': {
      const values = { ...entry.values, [action.item]: action.value };
      if (!action.advance) return { ...entry, values, missingOpen: false };
      return { values, current: blankAfter(order, values, action.item), missingOpen: false };
    }
    case 'clear': {
      const { [action.item]: _, ...values } = entry.values;
      return { values, current: action.item, missingOpen: false };
    }
    case 'go':
      return { ...entry, current: action.item, missingOpen: false };
    case 'next':
      return { ...entry, current: neighbour(order, entry.current, 1), missingOpen: false };
    case 'back':
      return { ...entry, current: neighbour(order, entry.current, -1), missingOpen: false };
    case 'missing':
      return { ...entry, missingOpen: action.open && entry.current !== null };
    case 'replace':
      return { ...startEntry(order, action.values), missingOpen: false };
  }
}

/** The first blank after an item, then the first blank of all, then the end of the form. */
function blankAfter(order: readonly string[], values: ItemValues, item: string): string | null {
  const at = order.indexOf(item);
  return [...order.slice(at + 1), ...order.slice(0, at)].find((other) => !values[other]) ?? null;
}

function neighbour(order: readonly string[], current: string | null, step: 1 | -1): string | null {
  const at = current === null ? order.length : order.indexOf(current);
  const to = Math.max(0, at + step);
  return order[to] ?? null;
}
