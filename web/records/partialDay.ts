import { readDay } from '../forms/readDay.ts';
import { type Day, fullDay, monthName } from '../time.ts';

const month = /^(?:(\d{4})-(\d{1,2})|(\d{1,2})[./-](\d{4}))$/;

/**
 * Reads a day of which the day, or the day and the month, may be unknown: 2026, 3.2026, Mar 2026, or any full day.
 * Gives YYYY, YYYY-MM or YYYY-MM-DD; null where it is none of them.
 */
export function readPartialDay(typed: string, today: Day): string | null {
  const text = typed.trim();
  if (/^(19|20|21)\d{2}$/.test(text)) return text;
  const parts = month.exec(text);
  if (parts) return monthOf(parts[1] ?? parts[4]!, Number(parts[2] ?? parts[3]));
  const named = /^([a-z]{3})[a-z]*\s+(\d{4})$/i.exec(text);
  const day = named ? readDay(`1 ${named[1]} ${named[2]}`, today) : null;
  return day ? day.slice(0, 7) : readDay(text, today);
}

const monthOf = (year: string, number: number): string | null =>
  number >= 1 && number <= 12 ? `${year}-${String(number).padStart(2, '0')}` : null;

/** "14 Mar 2026", "Mar 2026" or "2026". */
export function partialWords(partial: string): string {
  if (partial.length === 10) return fullDay(partial);
  return partial.length === 7 ? monthName(`${partial}-01`, true) : partial;
}
