import type { Chart, ChartOptions } from './chart.ts';
import { emptySpec } from './frame.ts';
import { list, plural } from './numbers.ts';
import { drawQueryAgeing } from './query-ageing-picture.ts';

export interface QueryAges {
  sites: readonly { id: string; label: string }[];
  /** Open or answered, not closed. Whole days since each was opened. */
  queries: readonly { site: string; days: number }[];
  /** First day of each band, ascending from 0. */
  bands: readonly number[];
}

export interface AgedSite {
  label: string;
  /** In each band. */
  counts: number[];
  total: number;
}

/** Unresolved queries of each site by how long they have waited: sites with the most on top. */
export function queryAgeingChart(results: QueryAges, options: ChartOptions): Chart {
  const rows = ageQueries(results);
  const names = bandNames(results.bands);
  const total = rows.reduce((sum, row) => sum + row.total, 0);
  const words = {
    title: 'Unresolved queries by age',
    subtitle: 'Days since each was opened; darker is older',
  };
  const parts = rows.map((row) => {
    if (row.total === 0) return ` ${row.label}: none.`;
    const counts = row.counts.flatMap((count, index) => (count > 0 ? [`${count} of ${names[index]}`] : []));
    return ` ${row.label} ${row.total}: ${list(counts)}.`;
  });
  const description = `${words.title}: ${plural(total, 'query', 'queries')}.${parts.join('')}`;
  const spec =
    total > 0
      ? drawQueryAgeing(rows, names, { ...words, description }, options)
      : emptySpec('No query is waiting.', { ...words, description }, options);
  return {
    ...words,
    description,
    spec,
    table: {
      columns: [
        { id: 'site', label: 'Site', numeric: false },
        ...names.map((label, index) => ({ id: `band${index}`, label, numeric: true })),
        { id: 'total', label: 'All', numeric: true },
      ],
      rows: rows.map((row) => ({
        site: row.label,
        ...Object.fromEntries(row.counts.map((count, index) => [`band${index}`, count])),
        total: row.total,
      })),
    },
  };
}

/** Each site's queries counted into bands, the site with the most first; sites without a query stay in. */
export function ageQueries({ sites, queries, bands }: QueryAges): AgedSite[] {
  return sites
    .map(({ id, label }) => {
      const own = queries.filter(({ site }) => site === id);
      const bandOf = (days: number) => bands.findLastIndex((from) => days >= from);
      const counts = bands.map((_, index) => own.filter(({ days }) => bandOf(days) === index).length);
      return { label, counts, total: own.length };
    })
    .sort((a, b) => b.total - a.total);
}

/** “0–6 days”, “7–13 days”, “28 days or more”. */
function bandNames(bands: readonly number[]): string[] {
  return bands.map((from, index) => {
    const next = bands[index + 1];
    if (next === undefined) return `${from} days or more`;
    return next - from === 1 ? `${from} days` : `${from}–${next - 1} days`;
  });
}
