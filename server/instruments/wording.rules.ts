import type { InstrumentDocument, Item } from './document.ts';

/** How a person calls an item: "Item 5" where items are numbered, else its label. */
export function itemName(item: Item): string {
  return /^\d+$/.test(item.id) ? `Item ${item.id}` : item.label;
}

/** "Item 5", "Items 5 and 7", "Items 1, 2 and 3"; labels where items aren't numbered. */
export function itemNames(instrument: InstrumentDocument, ids: readonly string[]): string {
  if (ids.length > 1 && ids.every((id) => /^\d+$/.test(id))) return `Items ${listed(ids)}`;
  return listed(
    ids.map((id) => {
      const item = instrument.items.find((candidate) => candidate.id === id);
      return item ? itemName(item) : id;
    }),
  );
}

/** "a", "a and b", "a, b and c"; or with "or". */
export function listed(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
