import { countText } from '../../../analysis/hidden.ts';
import { rangeText, shareText } from '../../reports/numbers.ts';
import { numeric, type ReportTable, words } from '../../reports/section.ts';
import type { CountRow } from '../document.ts';

/**
 * Counts of participants with Wilson's interval, and events where they are counted: a column for each arm.
 *
 * @param arms headings; one for a pooled report
 */
export function countTable(caption: string, rows: readonly CountRow[], arms: readonly string[]): ReportTable {
  const counted = rows.some(({ cells }) => cells.some(({ events }) => events !== null));
  return {
    caption,
    columns: [
      words(''),
      ...arms.flatMap((arm) => [
        numeric(arms.length > 1 ? `${arm}: participants` : 'Participants'),
        numeric('95% CI'),
        ...(counted ? [numeric('Events')] : []),
      ]),
    ],
    rows: rows.map(({ label, cells }) => [
      label,
      ...cells.flatMap(({ count, of, events, lower, upper }) => [
        shareText(count, of),
        rangeText(lower, upper),
        ...(counted ? [events === null ? '' : countText(events)] : []),
      ]),
    ]),
  };
}
