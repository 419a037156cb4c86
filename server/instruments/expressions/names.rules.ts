import type { Item } from '../document.ts';

/** What an expression can be, and what a name stands for. */
export type Type = 'number' | 'text' | 'date' | 'duration' | 'yes-no' | 'list' | 'any';

/** Words that FEEL reads as something else than a name. */
const reserved = new Set([
  ...['if', 'then', 'else', 'and', 'or', 'not', 'in', 'between', 'true', 'false', 'null', 'for', 'some'],
  ...['every', 'return', 'satisfies', 'function', 'external', 'instance', 'of', 'date', 'time', 'duration'],
  ...['today', 'screening', 'item', 'partial', 'at'],
]);

/**
 * The name of an item (form, visit, screening field) in expressions: `_` for each hyphen; `item_` in front where it
 * begins with a digit or is a word of the language: onset-age → onset_age, 3 → item_3.
 */
export function nameOf(id: string): string {
  const name = id.replaceAll('-', '_');
  return /^\d/.test(name) || reserved.has(name) ? `item_${name}` : name;
}

/** What there is besides a form's own items, whatever the study. */
export const circumstances: Readonly<Record<string, { type: Type; label: string }>> = {
  assessed_on: { type: 'date', label: 'the date of assessment' },
  screened_on: { type: 'date', label: 'the day of screening' },
  randomised_on: { type: 'date', label: 'the day of randomisation' },
  today: { type: 'date', label: 'today' },
};

/** What the answers of an item are to an expression. */
export function typeOf(item: Item): Type | null {
  switch (item.kind) {
    case 'choice':
    case 'number':
    case 'slider':
      return 'number';
    case 'choices':
      return 'list';
    case 'date':
      return 'date';
    case 'time':
    case 'text':
    case 'file':
      return 'text';
    case 'calculated':
      return item.gives;
    case 'descriptive':
    case 'section':
      return null;
  }
}
