import type { SiteSummary } from '../site-summary.ts';
import type { Chart, ChartOptions } from './chart.ts';
import { emptySpec } from './frame.ts';
import { decimal, percent, plural, rounded, share } from './numbers.ts';
import { drawSites } from './sites-picture.ts';

export interface SiteResults {
  /** As `summariseSites` gives them. */
  sites: readonly SiteSummary[];
  /** Of the completeness, such as “HAM-D17 at 12 months”; empty where the plan has no such score. */
  outcome: string;
}

/** Sites side by side: randomised against target, rate and completeness with their intervals, open queries. */
export function sitesChart(results: SiteResults, options: ChartOptions): Chart {
  const { sites, outcome } = results;
  const words = {
    title: 'Sites at a glance',
    subtitle:
      'By number randomised. Lines: 95% intervals; where they overlap, a ranking means little. Dashed: all together',
  };
  const parts = sites.map((site) => {
    const target = site.target === null ? '' : ` of ${site.target}`;
    const { rate, completeness, complete, openQueries } = site;
    const monthly = `${decimal(rate.estimate)} a month (${decimal(rate.lower)} to ${decimal(rate.upper)})`;
    const there = completeness
      ? `${outcome || 'scores'} complete in ${share(complete.count, complete.of)}, interval ${percent(completeness.lower)} to ${percent(completeness.upper)}`
      : 'nothing due yet';
    return ` ${site.label}: ${site.randomised}${target} randomised, ${monthly}; ${there}; ${plural(openQueries, 'open query', 'open queries')}.`;
  });
  const description = `${words.title}. ${words.subtitle}.${parts.join('')}`;
  const known = sites.some(({ randomised }) => randomised > 0);
  const spec = known
    ? drawSites(results, { ...words, description }, options)
    : emptySpec('Nobody is randomised yet.', { ...words, description }, options);
  return {
    ...words,
    description,
    spec,
    table: {
      columns: [
        { id: 'site', label: 'Site', numeric: false },
        { id: 'randomised', label: 'Randomised', numeric: true },
        { id: 'target', label: 'Target', numeric: true },
        { id: 'rate', label: 'A month', numeric: true },
        { id: 'rateLower', label: '95% CI from', numeric: true },
        { id: 'rateUpper', label: 'to', numeric: true },
        { id: 'complete', label: outcome ? `${outcome}, complete` : 'Scores complete', numeric: true },
        { id: 'of', label: 'Of', numeric: true },
        { id: 'lower', label: '% 95% CI from', numeric: true },
        { id: 'upper', label: 'to %', numeric: true },
        { id: 'queries', label: 'Open queries', numeric: true },
      ],
      rows: sites.map(({ label, randomised, target, rate, complete, completeness, openQueries }) => ({
        site: label,
        randomised,
        target,
        rate: rounded(rate.estimate, 2),
        rateLower: rounded(rate.lower, 2),
        rateUpper: rounded(rate.upper, 2),
        complete: complete.count,
        of: complete.of,
        lower: completeness && rounded(100 * completeness.lower),
        upper: completeness && rounded(100 * completeness.upper),
        queries: openQueries,
      })),
    },
  };
}
