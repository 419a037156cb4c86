import { type CumulativeArm, improvedBy } from '../cumulative.ts';
import type { DatasetArm } from '../dataset.ts';
import { isPooled } from '../validate.ts';
import type { Chart, ChartOptions, ChartTable } from './chart.ts';
import { drawCumulative } from './cumulative-picture.ts';
import { emptySpec } from './frame.ts';
import { list, percent, plural, rounded, roundTicks, share } from './numbers.ts';
import { byArm } from './outcome.ts';

export interface CumulativeResults {
  arms: readonly DatasetArm[];
  /** As `cumulativeImprovement` gives them, in the order of the arms. */
  cumulative: readonly CumulativeArm[];
  /** The visit's label. */
  visit: string;
}

/**
 * Share of everyone randomised who improved by at least x points, over every x: no single cut-off decides.
 */
export function cumulativeChart(results: CumulativeResults, options: ChartOptions): Chart {
  const { arms, cumulative, visit } = results;
  const words = {
    title: byArm(`Improved by at least x points at ${visit}`, arms, options.masked),
    subtitle:
      'All randomised; missing scores count as not improved. Read the whole curve: no cut-off decides',
  };
  const ticks = thresholds(cumulative);
  const description = `${words.title}. ${words.subtitle}.${describe(results, ticks)}`;
  const known = cumulative.some(({ steps }) => steps.length > 0);
  const spec = known
    ? drawCumulative(results, ticks, { ...words, description }, options)
    : emptySpec('No scores after baseline yet.', { ...words, description }, options);
  return { ...words, description, spec, table: tabulate(results, known ? ticks : []) };
}

/** Round improvements that cover all that occurred, zero among them. */
export function thresholds(cumulative: readonly CumulativeArm[]): number[] {
  const all = cumulative.flatMap(({ steps }) => steps.map(({ improvement }) => improvement));
  return roundTicks(Math.min(0, ...all), Math.max(1, ...all), 8, [1, 2, 5]);
}

/** The threshold that is read off in the picture: a third of the way into those above zero. */
export function readAt(ticks: readonly number[]): number {
  const above = ticks.filter((tick) => tick > 0);
  return above[Math.floor((above.length - 1) / 3)]!;
}

function describe({ arms, cumulative }: CumulativeResults, ticks: readonly number[]): string {
  if (cumulative.every(({ of }) => of === 0)) return ' Nobody is randomised yet.';
  const parts = arms.map((arm, index) => {
    const one = cumulative[index]!;
    if (one.of === 0) return ` ${arm.label}: nobody.`;
    const read = ticks
      .filter((tick) => tick > 0 && improvedBy(one, tick) > 0)
      .map((tick) => `${tick} points ${share(improvedBy(one, tick), one.of)}`);
    const name = isPooled(arms) ? 'All arms' : arm.label;
    return ` ${name}, ${plural(one.missing, 'missing score')}: ${read.length > 0 ? list(read) : 'nobody improved'}.`;
  });
  return parts.join('');
}

function tabulate({ arms, cumulative }: CumulativeResults, ticks: readonly number[]): ChartTable {
  return {
    columns: [
      { id: 'threshold', label: 'Improved by at least', numeric: true },
      { id: 'arm', label: 'Arm', numeric: false },
      { id: 'count', label: 'Participants', numeric: true },
      { id: 'of', label: 'Of', numeric: true },
      { id: 'percent', label: '%', numeric: true },
      { id: 'missing', label: 'Of these missing', numeric: true },
    ],
    rows: ticks.flatMap((threshold) =>
      arms.map((arm, index) => {
        const one = cumulative[index]!;
        const count = improvedBy(one, threshold);
        return {
          threshold,
          arm: arm.label,
          count,
          of: one.of,
          percent: one.of === 0 ? null : rounded((100 * count) / one.of),
          missing: one.missing,
        };
      }),
    ),
  };
}

/** “64%” of an arm at a threshold, or that there is nobody. */
export function readOff(arm: CumulativeArm, threshold: number): string {
  return arm.of === 0 ? 'nobody' : percent(improvedBy(arm, threshold) / arm.of);
}
