import { quantile } from '../continuous/quantile.ts';
import type { DatasetArm } from '../dataset.ts';
import type { Changes } from '../waterfall.ts';
import type { Chart, ChartOptions } from './chart.ts';
import { emptySpec } from './frame.ts';
import { decimal, plural, rounded, signed } from './numbers.ts';
import { byArm } from './outcome.ts';
import { drawRaincloud } from './raincloud-picture.ts';

export interface RaincloudResults {
  arms: readonly DatasetArm[];
  /** As `changesAt` gives them, in the order of the arms. */
  changes: readonly Changes[];
  label: string;
  visit: string;
  better: 'lower' | 'higher';
}

export interface Middle {
  median: number;
  lower: number;
  upper: number;
}

/** The shape of change in each arm: density, the middle half with the median, and everybody as a dot. */
export function raincloudChart(results: RaincloudResults, options: ChartOptions): Chart {
  const { arms, changes, label, visit } = results;
  const words = {
    title: byArm(`${label}: distribution of change at ${visit}`, arms, options.masked),
    subtitle: 'Hill: density over the changes seen; bar: middle half with the median; dots: participants',
  };
  const middles = changes.map(({ people }) => middleOf(people.map(({ change }) => change)));
  const parts = arms.map((arm, index) => {
    const [middle, { people, missing }] = [middles[index], changes[index]!];
    if (!middle) return ` ${arm.label}: no change known.`;
    const half = `middle half ${signed(middle.lower)} to ${signed(middle.upper)}`;
    return ` ${arm.label}: median ${signed(middle.median)}, ${half}, n ${people.length}, ${plural(missing, 'missing score')}.`;
  });
  const description = `${words.title}. ${words.subtitle}.${parts.join('')}`;
  const spec = middles.some((middle) => middle !== null)
    ? drawRaincloud(results, middles, { ...words, description }, options)
    : emptySpec('No scores after baseline yet.', { ...words, description }, options);
  return {
    ...words,
    description,
    spec,
    table: {
      columns: [
        { id: 'arm', label: 'Arm', numeric: false },
        { id: 'n', label: 'n', numeric: true },
        { id: 'missing', label: 'Missing', numeric: true },
        { id: 'least', label: 'Lowest', numeric: true },
        { id: 'lower', label: 'Lower quartile', numeric: true },
        { id: 'median', label: 'Median', numeric: true },
        { id: 'upper', label: 'Upper quartile', numeric: true },
        { id: 'most', label: 'Highest', numeric: true },
      ],
      rows: arms.map((arm, index) => {
        const values = changes[index]!.people.map(({ change }) => change);
        const middle = middles[index] ?? null;
        return {
          arm: arm.label,
          n: values.length,
          missing: changes[index]!.missing,
          least: middle && Math.min(...values),
          lower: middle && rounded(middle.lower, 2),
          median: middle && rounded(middle.median, 2),
          upper: middle && rounded(middle.upper, 2),
          most: middle && Math.max(...values),
        };
      }),
    },
  };
}

/** Median and quartiles, type 7. */
function middleOf(values: readonly number[]): Middle | null {
  if (values.length === 0) return null;
  const at = (p: number) => quantile(values, p, 7)!;
  return { median: at(0.5), lower: at(0.25), upper: at(0.75) };
}

/** “median −14.0, n 40”. */
export function middleText(middle: Middle | null, n: number): string {
  return middle ? `median ${decimal(middle.median)}, n ${n}` : 'no scores';
}
