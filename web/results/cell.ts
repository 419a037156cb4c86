import { locale } from '../language/language.ts';
import { inPercent } from '../language/number.ts';

type Value = string | number | null | undefined;

/** Decimals that a column needs so that its numbers stand under each other: the most that any of them has, up to four. */
export function decimalsOf(values: readonly Value[]): number {
  const decimals = values.map((value) =>
    typeof value === 'number' ? (String(Number(value.toFixed(4))).split('.')[1]?.length ?? 0) : 0,
  );
  return Math.max(0, ...decimals);
}

/** A value of a chart's table as people read it: thousands apart, a true minus, as many decimals as its column has. */
export function cellText(value: Value, decimals: number): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'string') return value;
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return value.toLocaleString(locale, digits).replace('-', '−');
}

/** "74%" of a count and its denominator; nothing of nothing has no percentage. */
export const percent = (count: number, of: number): string =>
  of === 0 ? '–' : inPercent(Math.round((100 * count) / of));
