import type { ItemOf } from '../../server/instruments/document.ts';
import { readDay } from './readDay.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads a day, or a month or a year where the item takes those: 14 Mar 2026, Mar 2026, 03/2026, 2026-03, 2026. Gives
 * YYYY-MM-DD, YYYY-MM or YYYY; null where it is none of them.
 */
export function readPartialDay(
  typed: string,
  today: string,
  partial: NonNullable<ItemOf<'date'>['partial']>,
): string | null {
  const parts = typed
    .trim()
    .toLowerCase()
    .split(/[\s./,-]+/)
    .filter(Boolean);
  const [first = '', second = ''] = parts;
  if (parts.length === 1 && isYear(first)) return partial.includes('year') ? first : null;
  if (parts.length === 2 && (isYear(first) || isYear(second))) {
    const [year, name] = isYear(first) ? [first, second] : [second, first];
    const named = name.length >= 3 ? months.findIndex((month) => name.startsWith(month)) + 1 : 0;
    const month = named || (/^\d{1,2}$/.test(name) ? Number(name) : 0);
    if (month < 1 || month > 12 || !partial.includes('month')) return null;
    return `${year}-${String(month).padStart(2, '0')}`;
  }
  return parts.length === 3 ? readDay(typed, today) : null;
}

const isYear = (text: string): boolean => /^(19|20|21)\d\d$/.test(text);
