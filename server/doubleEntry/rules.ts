import type { ItemValue, ItemValues } from '../forms/contract.ts';
import { sameAnswer } from '../forms/rules.ts';
import type { InstrumentDocument, Item } from '../instruments/document.ts';
import { takesAnswer } from '../instruments/rules.ts';
import type { Choice, EntryState } from './contract.ts';

/** The field of a form that is no item: the day of assessment. */
export const ASSESSED_ON = 'assessed-on';

/** One entry of a form. */
export interface Entered {
  assessedOn: string | null;
  values: ItemValues;
}

export interface Difference {
  field: string;
  first: ItemValue | null;
  second: ItemValue | null;
}

/** Whether an item is entered a second time. A file isn't: what was uploaded is itself the source's image. */
export const isEnteredTwice = (item: Item): boolean => takesAnswer(item) && item.kind !== 'file';

/** The instrument as it is entered a second time: what isn't entered twice is asked of nobody. */
export function asEnteredTwice(instrument: InstrumentDocument): InstrumentDocument {
  if (!instrument.items.some(({ kind }) => kind === 'file')) return instrument;
  const items = instrument.items.map((item) => (item.kind === 'file' ? { ...item, required: false } : item));
  return { ...instrument, items };
}

/** Every field of the form that is compared: the date of assessment, then the items that are entered twice. */
export function fieldsOf(instrument: InstrumentDocument): string[] {
  return [ASSESSED_ON, ...instrument.items.filter(isEnteredTwice).map(({ id }) => id)];
}

/** What stands in a field of an entry; null is blank. */
export function valueIn(entered: Entered, field: string): ItemValue | null {
  if (field !== ASSESSED_ON) return entered.values[field] ?? null;
  return entered.assessedOn === null ? null : { value: entered.assessedOn };
}

/**
 * The fields in which two entries of a form differ, in the form's order. Two texts are the same when they differ only
 * in spaces, line ends and capitals: those are no errors of entry.
 */
export function differencesBetween(
  instrument: InstrumentDocument,
  first: Entered,
  second: Entered,
): Difference[] {
  return fieldsOf(instrument)
    .map((field) => ({ field, first: valueIn(first, field), second: valueIn(second, field) }))
    .filter((one) => {
      const item = instrument.items.find(({ id }) => id === one.field);
      return !sameEntry(item, one.first, one.second);
    });
}

function sameEntry(item: Item | undefined, a: ItemValue | null, b: ItemValue | null): boolean {
  if (item?.kind === 'text' && a && b && 'value' in a && 'value' in b)
    return plain(String(a.value)) === plain(String(b.value));
  return sameAnswer(a ?? undefined, b ?? undefined);
}

const plain = (text: string): string => text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** What was decided on one field; `value` counts where it is neither entry's. */
export interface Decided {
  field: string;
  choice: Choice;
  value: ItemValue | null;
}

/** The differences that nobody has decided yet. */
export function undecided(differences: readonly Difference[], decided: readonly Decided[]): Difference[] {
  return differences.filter(({ field }) => !decided.some((one) => one.field === field));
}

/**
 * The form as it stands after adjudication: the first entry, with the second's or another value where that was
 * decided. Each field is decided once, so the order of decisions makes no difference.
 */
export function adjudicated(first: Entered, second: Entered, decided: readonly Decided[]): Entered {
  const values = { ...first.values };
  let { assessedOn } = first;
  for (const { field, choice, value } of decided) {
    if (choice === 'first') continue;
    const stands = choice === 'second' ? valueIn(second, field) : value;
    if (field === ASSESSED_ON) assessedOn = stands && 'value' in stands ? String(stands.value) : null;
    else if (stands === null) delete values[field];
    else values[field] = stands;
  }
  return { assessedOn, values };
}

/** How far the second entry of a form is. */
export function stateOf(
  entry: { status: string; settled_at: string | null } | undefined,
  decisions: number,
): EntryState {
  if (!entry) return 'waiting';
  if (entry.status !== 'complete') return 'started';
  if (entry.settled_at === null) return 'differs';
  return decisions > 0 ? 'adjudicated' : 'agrees';
}

export interface Rate {
  compared: number;
  differed: number;
  firstWrong: number;
  secondWrong: number;
  undecided: number;
}

export const noRate = (): Rate => ({ compared: 0, differed: 0, firstWrong: 0, secondWrong: 0, undecided: 0 });

/** Adds one compared field to a rate. A third value means that both were wrong. */
export function count(rate: Rate, differed: boolean, choice: Choice | undefined): void {
  rate.compared += 1;
  if (!differed) return;
  rate.differed += 1;
  if (choice === undefined) rate.undecided += 1;
  if (choice === 'second' || choice === 'other') rate.firstWrong += 1;
  if (choice === 'first' || choice === 'other') rate.secondWrong += 1;
}
