/** A value of a chart's table as people read it: thousands apart, a true minus, at most four decimals. */
export function cellText(value: string | number | null | undefined): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'string') return value;
  return value.toLocaleString('en-GB', { maximumFractionDigits: 4 }).replace('-', '−');
}

/** "74%" of a count and its denominator; nothing of nothing has no percentage. */
export const percent = (count: number, of: number): string =>
  of === 0 ? '–' : `${Math.round((100 * count) / of)}%`;
