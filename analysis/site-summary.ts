import { chiSquareQuantile } from './distributions/gamma.ts';
import type { Interval } from './interval.ts';
import { upperProbability } from './interval.ts';
import { wilsonInterval } from './proportions/wilson.ts';

export interface SiteCounts {
  id: string;
  label: string;
  randomised: number;
  target: number | null;
  /** Months in which the site could recruit, above 0. */
  months: number;
  /** Primary scores that are there, of those that are there or overdue. */
  complete: { count: number; of: number };
  openQueries: number;
}

export interface SiteSummary extends SiteCounts {
  /** Randomised per month, with its exact Poisson interval. */
  rate: Interval;
  /** Null where nothing is due. */
  completeness: Interval | null;
}

/**
 * A count's rate per unit of exposure with its exact Poisson interval, from χ² quantiles: lower χ²(α/2; 2c)/2,
 * upper χ²(1 − α/2; 2c + 2)/2, over the exposure. R's `poisson.test`.
 *
 * Source: Garwood F. Fiducial limits for the Poisson distribution. Biometrika 1936;28:437–442.
 */
export function poissonRate(count: number, exposure: number, level = 0.95): Interval {
  if (!(Number.isInteger(count) && count >= 0)) throw new RangeError('A count is a whole number from 0.');
  if (!(exposure > 0)) throw new RangeError('An exposure is above 0.');
  const upper = upperProbability(level);
  return {
    estimate: count / exposure,
    lower: count === 0 ? 0 : chiSquareQuantile(1 - upper, 2 * count) / 2 / exposure,
    upper: chiSquareQuantile(upper, 2 * count + 2) / 2 / exposure,
  };
}

/** The sites in the order of how many they randomised, with intervals that show how little a ranking means. */
export function summariseSites(sites: readonly SiteCounts[], level = 0.95): SiteSummary[] {
  return [...sites]
    .sort((a, b) => b.randomised - a.randomised)
    .map((site) => ({
      ...site,
      rate: poissonRate(site.randomised, site.months, level),
      completeness:
        site.complete.of === 0 ? null : wilsonInterval(site.complete.count, site.complete.of, level),
    }));
}
