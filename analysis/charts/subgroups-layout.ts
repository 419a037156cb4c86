import { quantile } from '../continuous/quantile.ts';
import type { Effect, SubgroupEffects } from '../subgroups.ts';
import type { ChartOptions } from './chart.ts';
import { fits, type Side, sidesOf } from './favours.ts';
import { plotWidth, said } from './frame.ts';
import { levelText, roundTicks } from './numbers.ts';
import { linear } from './pixels.ts';
import { effectText, type SubgroupResults } from './subgroups.ts';
import { textWidth } from './text-width.ts';

const ROW = 24;
const TALL = 40;
const HEAD = 26;
const SECOND_LINE = 14;
const GAP = 14;
export const GUTTER = 14;
const COLUMNS = 520;
/** Wider heads of the counts are “n” alone. */
const COUNTS = 96;
const P_IN_ONE_LINE = 640;
/** Times the middling interval's reach: what reaches further leaves the axis. */
const FURTHEST = 3;

export type SubgroupRow =
  | { kind: 'heading'; text: string; contrast: number }
  | { kind: 'factor'; text: string; p: number | null }
  | { kind: 'effect'; effect: Effect; overall: boolean };

export interface PlacedRow {
  row: SubgroupRow;
  middle: number;
}

export interface SubgroupLayout {
  rows: PlacedRow[];
  /** Each contrast's stretch of the plot, below its heading. */
  blocks: { top: number; bottom: number; overall: number | null }[];
  frame: { left: number; right: number; top: number; bottom: number; height: number };
  width: number;
  /** Whether labels, interval and numbers stand side by side. */
  columns: boolean;
  /** Widths of labels and numbers; left and right edge of the picture; where counts end and numbers begin. */
  labels: number;
  numbers: number;
  start: number;
  edge: number;
  at: { counts: number; numbers: number };
  heading: string;
  /** The head of the counts of each contrast. */
  counts: string[];
  p: { heading: string[] };
  ticks: number[];
  /** The ends of the axis. */
  reach: [number, number];
  x: (value: number) => number;
  /** Which arm either side of zero favours, beside each heading where there is room. */
  sides: { y: number; sides: Side[] }[];
}

/** Measures a forest of subgroups for the width at hand; all in pixels. */
export function layOutSubgroups(
  { arms, effects, level, better }: SubgroupResults,
  comparison: (one: SubgroupEffects) => string,
  options: ChartOptions,
): SubgroupLayout {
  const columns = options.width >= COLUMNS;
  const name = (id: string) => arms.find((arm) => arm.id === id)?.label ?? id;
  const widest = (texts: string[], weight: 400 | 600 = 400) =>
    Math.max(...texts.map((text) => textWidth(said(options, text), 12, weight)));
  const all = effects.flatMap(({ overall, factors }) => [
    overall,
    ...factors.flatMap(({ levels }) => levels),
  ]);
  const heading = `Difference (${levelText(level)} CI)`;
  const numbers = Math.ceil(
    widest([heading, ...all.map((effect) => effectText(effect) || 'too few to compare')]),
  );
  const indented = widest(all.map(({ label }) => label)) + GUTTER;
  const labels = Math.ceil(
    Math.min(
      options.width * 0.3,
      Math.max(
        indented,
        widest(
          effects.map((one) => comparison(one)),
          600,
        ),
      ),
    ),
  );
  const both = (one: SubgroupEffects) => `n ${one.contrast.map(name).join(' / ')}`;
  const named = widest(effects.map(both)) <= COUNTS;
  const counts = Math.ceil(
    widest([...all.map(countsText), ...effects.map((one) => (named ? both(one) : 'n'))]),
  );
  const pHeading = options.width >= P_IN_ONE_LINE ? ['P for interaction'] : ['P for', 'interaction'];
  const left = columns ? labels + counts + 2 * GUTTER : 18;
  const right = columns ? numbers + Math.ceil(widest(pHeading)) + 2 * GUTTER + 4 : 18;

  const { rows, blocks, height } = place(effects, comparison, columns, pHeading.length);
  const frame = { left, right, top: 0, bottom: 0, height: height + 2 };
  const width = plotWidth(options, frame);
  const [low, high] = reachOf(effects);
  const ticks = roundTicks(low, high, width < 200 ? 5 : 8, [1, 2, 5]).filter(
    (tick) => tick >= low && tick <= high,
  );
  const x = linear(low, high, 0, width);
  const sides = effects.map(({ contrast: [first, second] }, index) => {
    const [below, above] = better === 'lower' ? [first, second] : [second, first];
    const y = rows.filter(({ row }) => row.kind === 'heading')[index]!.middle;
    return { y, sides: sidesOf([`favours ${name(below)}`, `favours ${name(above)}`], x(0), options) };
  });
  return {
    rows,
    blocks,
    frame,
    width,
    columns,
    counts: effects.map((one) => (named ? both(one) : 'n')),
    labels,
    numbers,
    start: -left,
    edge: width + right,
    at: { counts: -GUTTER, numbers: width + GUTTER + 4 },
    heading,
    p: { heading: pHeading },
    ticks,
    reach: [low, high],
    x,
    sides: columns && sides.every((one) => fits(one.sides, -GUTTER / 2, width + GUTTER)) ? sides : [],
  };
}

/** “35 / 32”: how many of each arm. */
export const countsText = ({ n }: Effect): string => n.join(' / ');

function place(
  effects: readonly SubgroupEffects[],
  comparison: (one: SubgroupEffects) => string,
  columns: boolean,
  headLines: number,
) {
  const rows: PlacedRow[] = [];
  const blocks: SubgroupLayout['blocks'] = [];
  let y = 0;
  const add = (row: SubgroupRow, height: number, below = height / 2) => {
    y += height;
    rows.push({ row, middle: y - below });
  };
  for (const [contrast, one] of effects.entries()) {
    if (y > 0) y += GAP;
    const second = columns ? SECOND_LINE * (headLines - 1) : 0;
    add({ kind: 'heading', text: comparison(one), contrast }, HEAD + second, HEAD / 2);
    const top = y;
    add({ kind: 'effect', effect: one.overall, overall: true }, columns ? ROW : TALL);
    for (const { label, p, levels } of one.factors) {
      add({ kind: 'factor', text: label, p }, ROW);
      for (const effect of levels) add({ kind: 'effect', effect, overall: false }, columns ? ROW : TALL);
    }
    blocks.push({ top, bottom: y, overall: one.overall.estimate });
  }
  return { rows, blocks, height: y };
}

/**
 * How far the axis goes: over every interval, but for those of the smallest subgroups, which would press all others
 * together: nothing beyond three times how far the middling interval reaches from zero, and never less than the
 * overall differences. A little room stands at both ends.
 */
function reachOf(effects: readonly SubgroupEffects[]): [number, number] {
  const limits = ({ lower, upper }: Effect) => [lower, upper].filter((one) => one !== null);
  const overall = effects.flatMap((one) => limits(one.overall));
  const levels = effects.flatMap(({ factors }) => factors.flatMap((factor) => factor.levels));
  const reaches = levels
    .map((effect) => Math.max(...limits(effect).map(Math.abs)))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const most = Math.max(FURTHEST * (quantile(reaches, 0.5, 7) ?? 0), ...overall.map(Math.abs));
  const kept = [...overall, ...levels.flatMap(limits)].map((limit) => Math.max(-most, Math.min(most, limit)));
  const [low, high] = [Math.min(0, ...kept), Math.max(0, ...kept)];
  const margin = 0.04 * (high - low || 1);
  return [low - margin, high + margin];
}
