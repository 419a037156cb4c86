import type { DatasetArm } from '../dataset.ts';
import type { Changes } from '../waterfall.ts';
import type { Chart, ChartOptions } from './chart.ts';
import { emptySpec } from './frame.ts';
import { plural, rounded, share } from './numbers.ts';
import { byArm } from './outcome.ts';
import { drawWaterfall } from './waterfall-picture.ts';

export interface WaterfallResults {
  arms: readonly DatasetArm[];
  /** As `changesAt` gives them, in the order of the arms. */
  changes: readonly Changes[];
  label: string;
  visit: string;
  better: 'lower' | 'higher';
  /** Least relative improvement that is a response; absent where the plan has none. */
  response?: number;
}

export interface WaterfallBar {
  share: number;
  kind: 'response' | 'some' | 'none';
}

/** Each participant's relative change, sorted within arms, the number missing beside it. */
export function waterfallChart(results: WaterfallResults, options: ChartOptions): Chart {
  const { arms, changes, label, visit } = results;
  const words = {
    title: byArm(`${label}: change per participant at ${visit}`, arms, options.masked),
    subtitle:
      'Percentage change from baseline, sorted. Only those observed: the number missing stands beside each arm',
  };
  const bars = changes.map((one) => barsOf(one, results));
  const count = (index: number, kind: WaterfallBar['kind']) =>
    bars[index]!.filter((bar) => bar.kind === kind).length;
  const parts = arms.map((arm, index) => {
    const n = bars[index]!.length;
    const missing = plural(changes[index]!.missing, 'missing score');
    if (n === 0) return ` ${arm.label}: no change known, ${missing}.`;
    const some = `improved less ${share(count(index, 'some'), n)}`;
    const responded =
      results.response === undefined ? '' : `responded ${share(count(index, 'response'), n)}, `;
    return ` ${arm.label}: ${responded}${some}, unchanged or worse ${share(count(index, 'none'), n)}, ${missing}.`;
  });
  const description = `${words.title}. ${words.subtitle}.${parts.join('')}`;
  const spec = bars.some((one) => one.length > 0)
    ? drawWaterfall(results, bars, { ...words, description }, options)
    : emptySpec('No scores after baseline yet.', { ...words, description }, options);
  return {
    ...words,
    description,
    spec,
    table: {
      columns: [
        { id: 'arm', label: 'Arm', numeric: false },
        { id: 'rank', label: 'Rank', numeric: true },
        { id: 'change', label: 'Change, %', numeric: true },
        { id: 'missing', label: 'Missing in arm', numeric: true },
      ],
      rows: arms.flatMap((arm, index) =>
        bars[index]!.map((bar, rank) => ({
          arm: arm.label,
          rank: rank + 1,
          change: rounded(100 * bar.share),
          missing: changes[index]!.missing,
        })),
      ),
    },
  };
}

/** The worst first. */
function barsOf({ people }: Changes, { better, response }: WaterfallResults): WaterfallBar[] {
  const sign = better === 'lower' ? -1 : 1;
  return people
    .flatMap(({ share }) => (share === null ? [] : [share]))
    .sort((a, b) => sign * (a - b))
    .map((share) => {
      const improvement = sign * share;
      const responded = response !== undefined && improvement >= response - 1e-9;
      return { share, kind: responded ? 'response' : improvement > 0 ? 'some' : 'none' };
    });
}
