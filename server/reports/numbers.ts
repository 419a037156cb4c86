import { decimal, percent } from '../../analysis/charts/numbers.ts';
import { countText } from '../../analysis/hidden.ts';

/** “6/44 (14%)”; “0/0” alone where nobody is counted; “hidden” for a count that may not be shown. */
export const shareText = (count: number, of: number): string =>
  count < 0 || of < 0
    ? countText(Math.min(count, of))
    : of === 0
      ? `${count}/${of}`
      : `${count}/${of} (${percent(count / of)})`;

/** “5% to 27%”, or nothing where there is no interval. */
export const rangeText = (lower: number | null, upper: number | null): string =>
  lower === null || upper === null ? '' : `${percent(lower)} to ${percent(upper)}`;

/** What a report says of the counts that it hides. */
export const smallWords = (smallest: number): string =>
  `Below ${smallest}: hidden, with what would give them away`;

/** A number with its decimals, or a dash where there is none. */
export const numberText = (value: number | null, decimals = 1): string =>
  value === null ? '–' : decimal(value, decimals);

/** “24 Nov 2026, 09:12 UTC”. */
export function instantText(iso: string): string {
  const month = new Date(iso).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return `${month}, ${iso.slice(11, 16)} UTC`;
}
