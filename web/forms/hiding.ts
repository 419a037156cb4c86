import type { ItemValues } from '../../server/forms/contract.ts';
import type { InstrumentDocument, Item } from '../../server/instruments/document.ts';
import { derive, type Surroundings, takesAnswer } from '../../server/instruments/rules.ts';
import { type Entry, type EntryAction, enter } from './entry.ts';

/** A change of answers that would leave others without a question, until the person has decided. */
export interface Hiding {
  action: EntryAction;
  /** The answered items that would not apply any more, in order. */
  items: Item[];
}

/** The answered items that apply with the answers before, and not with those after. */
export function hiddenBy(
  instrument: InstrumentDocument,
  before: ItemValues,
  after: ItemValues,
  { facts, place }: Surroundings,
): Item[] {
  const then = derive(instrument, before, facts, place);
  const now = derive(instrument, after, facts, place);
  return instrument.items.filter(({ id }) => before[id] && after[id] && then.applies(id) && !now.applies(id));
}

/** The answers without those of the items. */
export const without = (values: ItemValues, items: readonly Item[]): ItemValues =>
  Object.fromEntries(Object.entries(values).filter(([id]) => !items.some((item) => item.id === id)));

/**
 * What an act of entry would hide; null where it hides nothing answered. What is being typed asks nothing: "2" on the
 * way to "25" means nothing yet, and an answer that applies no longer stays in sight until somebody clears it.
 */
export function hidingOf(
  instrument: InstrumentDocument,
  entry: Entry,
  action: EntryAction,
  around: Surroundings,
): Hiding | null {
  if (action.type !== 'set' && action.type !== 'clear') return null;
  const item = instrument.items.find(({ id }) => id === action.item);
  const picked = item?.kind === 'choice' || item?.kind === 'choices';
  const missing = action.type === 'set' && 'missing' in action.value;
  if (!item || !takesAnswer(item) || !(picked || missing)) return null;
  const items = hiddenBy(instrument, entry.values, enter([], entry, action).values, around);
  return items.length > 0 ? { action, items } : null;
}
