import type { ItemValue } from '../../server/forms/contract.ts';
import type { Item } from '../../server/instruments/document.ts';
import { inWords } from '../language/number.ts';
import { t } from '../language/t.ts';
import { fullDay, monthName } from '../time.ts';

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
  if (item.kind === 'choices') {
    const chosen = Array.isArray(value) ? value : [];
    return chosen
      .map((code) => item.options.find((option) => option.value === code)?.label ?? String(code))
      .join('; ');
  }
  if (typeof value === 'object' && !Array.isArray(value)) return value.name;
  if (item.kind === 'calculated' && item.gives === 'yes-no') return value === 1 ? t('Yes') : t('No');
  if (item.kind === 'date' || (item.kind === 'calculated' && item.gives === 'date'))
    return dayInWords(String(value));
  const measured = item.kind === 'number' || item.kind === 'slider' || item.kind === 'calculated';
  if (measured && typeof value === 'number')
    return `${inDigits(Number(value))}${item.unit ? ` ${item.unit}` : ''}`;
  return String(value);
}

/** "14 March 2026"; "March 2026" or "2026" where no more is known. */
export function dayInWords(day: string): string {
  if (/^\d{4}$/.test(day)) return day;
  return /^\d{4}-\d{2}$/.test(day) ? monthName(`${day}-01`, true) : fullDay(day);
}

/** A number as people read it: a true minus sign, no more decimals than there are. */
export const inDigits = (value: number): string => inWords(String(value)).replace('-', '−');
