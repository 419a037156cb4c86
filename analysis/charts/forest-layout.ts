import type { DatasetVisit } from '../dataset.ts';
import type { ResultRow } from '../plan.ts';
import type { ChartOptions } from './chart.ts';
import { favours, fits, type Side } from './favours.ts';
import { plotWidth, said } from './frame.ts';
import { levelText, roundTicks } from './numbers.ts';
import { followUp } from './outcome.ts';
import { type Panel, stackPanels } from './panels.ts';
import { AXIS_ROOM } from './pixels.ts';
import type { RiskDifferenceResults } from './risk-difference.ts';
import { textWidth } from './text-width.ts';

export const GUTTER = 14;
/** Below this the counts of each arm go, below the second the interval moves under its label. */
const WITH_COUNTS = 540;
const IN_COLUMNS = 440;
const TALL_ROW = 42;
/** Room for half a tick label where the plot takes the full width. */
const MARGIN = 18;
const LINE = 20;

/** One comparison with its words. */
export interface ForestLine {
  row: ResultRow;
  label: string;
  /** Empty where there is no estimate. */
  text: string;
  first: string;
  second: string;
  primary: boolean;
}

export interface ForestPanel {
  visit: DatasetVisit;
  lines: ForestLine[];
  /** Whether any comparison can be made at this visit. */
  reached: boolean;
  panel: Panel;
}

export interface ForestLayout {
  panels: ForestPanel[];
  frame: { left: number; right: number; top: number; bottom: number; height: number };
  /** Of the plot. */
  width: number;
  /** Whether label, interval and numbers stand side by side, and with the counts of both arms. */
  columns: boolean;
  withCounts: boolean;
  /** Left edge of the numbers, right edge of the picture, width of a column of counts, room for labels. */
  numbersAt: number;
  edge: number;
  counts: number;
  labels: number;
  heading: string;
  /** Percentage points. */
  ticks: number[];
  /** What either side of zero means; beside the visits' names, or under the axis at this height. */
  sides: Side[];
  besideVisits: boolean;
  underAxis: number | null;
}

/** Measures a forest for the width at hand; all in pixels. */
export function layOutForest(
  results: RiskDifferenceResults,
  lines: Map<string, ForestLine[]>,
  options: ChartOptions,
): ForestLayout {
  const columns = options.width >= IN_COLUMNS;
  const withCounts = options.width >= WITH_COUNTS;
  const visits = followUp(results).map((visit) => {
    const own = lines.get(visit.id) ?? [];
    return { visit, lines: own, reached: own.some(({ row }) => row.estimate !== null) };
  });
  const all = visits.flatMap((visit) => visit.lines);
  const stack = stackPanels(
    visits.map((visit) => (visit.reached ? visit.lines.length : 1)),
    columns ? undefined : TALL_ROW,
  );
  const widest = (texts: string[]) =>
    Math.ceil(Math.max(...texts.map((text) => textWidth(said(options, text)))));
  const heading = `Difference (${levelText(results.level)} CI)`;
  const numbers = widest([heading, ...all.map(({ text }) => text)]);
  const counts = widest(['Second', ...all.flatMap(({ first, second }) => [first, second])]);
  const labels = Math.min(widest(all.map(({ label }) => label)), Math.floor(options.width * 0.26));
  const left = columns ? labels + GUTTER : MARGIN;
  const right = columns ? GUTTER + 4 + numbers + (withCounts ? 2 * (GUTTER + counts) : 0) : MARGIN;
  const width = plotWidth(options, { left, right });

  const limits = all.flatMap(({ row }) =>
    row.estimate === null ? [] : [100 * row.lower!, 100 * row.upper!],
  );
  const ticks = roundTicks(Math.min(-10, ...limits), Math.max(10, ...limits), width < 190 ? 4 : 6, [1, 2, 5]);
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  const sides = favours(results.outcome, (-low / (high - low)) * width, options);
  const names = visits.map(({ visit }) => textWidth(said(options, visit.label), 12, 600));
  const besideVisits = fits(sides, Math.max(...names) - left + GUTTER, width);
  const underAxis = !besideVisits && fits(sides, -left, width + right);
  const height = stack.height + 4;
  const axis = columns ? AXIS_ROOM.titled : AXIS_ROOM.labels;
  return {
    panels: visits.map((visit, index) => ({ ...visit, panel: stack.panels[index]! })),
    frame: { left, right, top: 0, bottom: axis + (underAxis ? LINE : 0), height },
    width,
    columns,
    withCounts,
    numbersAt: width + GUTTER + 4,
    edge: width + right,
    counts,
    labels,
    heading,
    ticks,
    sides,
    besideVisits,
    underAxis: underAxis ? height + axis + LINE / 2 : null,
  };
}
