import type { ItemValue } from '../../server/forms/contract.ts';
import type { Item } from '../../server/instruments/document.ts';
import { fullDay } from '../time.ts';

/** What an answer means: the anchor, the number with its unit, the day, or why it is missing. */
export function answerInWords(
  item: Item,
  answer: ItemValue,
  missing: readonly { code: string; label: string }[],
  form: 'full' | 'short' = 'full',
): string {
  if ('missing' in answer) {
    const label = missing.find(({ code }) => code === answer.missing)?.label ?? answer.missing;
    return form === 'short' ? label.toLowerCase() : label;
  }
  const { value } = answer;
  if (item.kind === 'choice') {
    if (form === 'short') return String(value);
    return item.options.find((option) => option.value === value)?.label ?? String(value);
  }
  if (item.kind === 'date') return fullDay(String(value));
  if (item.kind === 'number') return `${inDigits(Number(value))}${item.unit ? ` ${item.unit}` : ''}`;
  return String(value);
}

/** A number as people read it: a true minus sign, no more decimals than there are. */
export const inDigits = (value: number): string => String(value).replace('-', '−');
