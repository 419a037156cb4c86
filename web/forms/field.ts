import type { AnswerValue, ItemValue } from '../../server/forms/contract.ts';
import type { Item, ItemOf } from '../../server/instruments/document.ts';

/** What every entry control of an item takes. */
export interface FieldProps<Kind extends Item['kind']> {
  item: ItemOf<Kind>;
  value: ItemValue | undefined;
  /** Why there is no answer, in words, where a reason was chosen. */
  away: string | null;
  onAnswer(value: ItemValue, advance: boolean): void;
  onClear(): void;
}

/** The answer itself; null where the item is blank or missing. */
export const storedIn = (value: ItemValue | undefined): AnswerValue | null =>
  value && 'value' in value ? value.value : null;
