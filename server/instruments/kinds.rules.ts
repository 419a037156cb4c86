import type { Item } from './document.ts';

/** An item that somebody answers. */
export type AnsweredItem = Exclude<Item, { kind: 'calculated' | 'descriptive' | 'section' }>;

/** Whether somebody answers the item: it can be blank, or missing for a reason. */
export const takesAnswer = (item: Item): item is AnsweredItem =>
  item.kind !== 'calculated' && !isReading(item);

/** Whether the item is only there to be read: a heading, or words between items. */
export const isReading = (item: Item): boolean => item.kind === 'descriptive' || item.kind === 'section';
