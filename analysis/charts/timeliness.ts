import { quantile } from '../continuous/quantile.ts';
import type { Chart, ChartOptions } from './chart.ts';
import { emptySpec } from './frame.ts';
import { list, plural, rounded, share, signed } from './numbers.ts';
import { drawTimeliness } from './timeliness-picture.ts';

export interface VisitTimes {
  sites: readonly { id: string; label: string }[];
  /** In time order, with the protocol's window in days before and after the target. */
  visits: readonly { id: string; label: string; before: number; after: number }[];
  /** Visits that took place: days after the target, negative before it, and whether within the person's own window. */
  seen: readonly { visit: string; site: string; days: number; inside: boolean }[];
}

export interface TimedSite {
  visit: string;
  site: string;
  days: number[];
  outside: number;
  median: number | null;
}

/** When visits took place against their windows, for each visit and site: every visit, and the median as a mark. */
export function timelinessChart(results: VisitTimes, options: ChartOptions): Chart {
  const { visits, sites, seen } = results;
  const rows = timeVisits(results);
  const of = (visit: string, site: string) => rows.find((row) => row.visit === visit && row.site === site)!;
  const words = {
    title: 'Are visits on time?',
    subtitle: 'When each visit took place against its target day, by site',
  };
  const signedDays = (value: number) => signed(value, Number.isInteger(value) ? 0 : 1);
  const parts = visits.map((visit) => {
    const own = sites.flatMap((site) => {
      const { days, outside, median } = of(visit.id, site.id);
      if (median === null) return [];
      return [`${site.label} median ${signedDays(median)} days, outside ${share(outside, days.length)}`];
    });
    return ` ${visit.label} (−${visit.before} to +${visit.after} days): ${own.length > 0 ? list(own) : 'none yet'}.`;
  });
  const description = `${words.title} ${plural(seen.length, 'visit')}.${parts.join('')}`;
  const spec =
    seen.length > 0
      ? drawTimeliness(results, rows, { ...words, description }, options)
      : emptySpec('No visit has taken place yet.', { ...words, description }, options);
  return {
    ...words,
    description,
    spec,
    table: {
      columns: [
        { id: 'visit', label: 'Visit', numeric: false },
        { id: 'site', label: 'Site', numeric: false },
        { id: 'seen', label: 'Visits', numeric: true },
        { id: 'outside', label: 'Outside the window', numeric: true },
        { id: 'median', label: 'Median, days from target', numeric: true },
        { id: 'least', label: 'Earliest', numeric: true },
        { id: 'most', label: 'Latest', numeric: true },
      ],
      rows: visits.flatMap((visit) =>
        sites.map((site) => {
          const { days, outside, median } = of(visit.id, site.id);
          return {
            visit: visit.label,
            site: site.label,
            seen: days.length,
            outside,
            median: rounded(median),
            least: days.length > 0 ? Math.min(...days) : null,
            most: days.length > 0 ? Math.max(...days) : null,
          };
        }),
      ),
    },
  };
}

/** The visits of each site at each visit of the protocol. */
export function timeVisits({ visits, sites, seen }: VisitTimes): TimedSite[] {
  return visits.flatMap((visit) =>
    sites.map((site) => {
      const own = seen.filter((one) => one.visit === visit.id && one.site === site.id);
      const days = own.map((one) => one.days).sort((a, b) => a - b);
      return {
        visit: visit.id,
        site: site.id,
        days,
        outside: own.filter((one) => !one.inside).length,
        median: quantile(days, 0.5, 7),
      };
    }),
  );
}
