import type { SubgroupEffects } from '../subgroups.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { arrowLayer } from './favours.ts';
import { type Caption, captionLayers, frameSpec, type Layer } from './frame.ts';
import { signed } from './numbers.ts';
import { coloursOf } from './palette.ts';
import { AXIS_ROOM, bottomAxis, dots, rules } from './pixels.ts';
import { effectText, pText, type SubgroupResults } from './subgroups.ts';
import {
  countsText,
  GUTTER,
  layOutSubgroups,
  type PlacedRow,
  type SubgroupLayout,
} from './subgroups-layout.ts';
import { fitText } from './text-width.ts';

type Values = Record<string, unknown>[];

/** Area of an overall diamond, and of a subgroup's square with nobody and with everybody in it. */
const DIAMOND = 150;
const SQUARE = { least: 26, most: 120 };

/** Draws the forest; at least one contrast has an estimate. */
export function drawSubgroups(
  results: SubgroupResults,
  comparison: (one: SubgroupEffects) => string,
  words: ChartWords,
  options: ChartOptions,
) {
  const layout = layOutSubgroups(results, comparison, options);
  const colours = coloursOf(options.theme);
  const { ticks, frame, width, x } = layout;
  const decimals = Math.max(...ticks.map((tick) => (String(tick).split('.')[1] ?? '').length));
  const axis = bottomAxis(
    ticks.map((tick) => ({ at: x(tick), text: tick === 0 ? '0' : signed(tick, decimals) })),
    frame.height,
    [0, width],
    colours,
    'Difference, first − second',
  );
  const captions: Caption[] = [
    ...layout.rows.flatMap((row) => captionsOf(row, layout, options)),
    ...axis.captions,
    ...layout.sides.flatMap(({ y, sides }) => sides.map((side) => side.caption(y, colours.ink3))),
  ];
  const arrows = layout.sides.flatMap(({ y, sides }) => sides.map((side) => side.arrow(y)));
  const layers: Layer[] = [
    ...grid(layout, axis.line, options),
    ...marks(layout, options),
    arrowLayer(arrows, colours.ink3),
  ];
  return frameSpec(
    { ...frame, bottom: AXIS_ROOM.titled },
    [...layers, ...captionLayers(captions, options)],
    words,
    options,
  );
}

function captionsOf({ row, middle }: PlacedRow, layout: SubgroupLayout, options: ChartOptions): Caption[] {
  const { columns, labels, start, edge, width, at } = layout;
  const { ink3 } = coloursOf(options.theme);
  if (row.kind === 'heading') {
    const room = columns ? labels + 10 : edge - start;
    const name: Caption = { x: start, y: middle, text: fitText(row.text, room, 12, 600), weight: 600 };
    if (!columns) return [name];
    const p: Caption[] = layout.p.heading.map((text, line) => ({
      x: edge,
      y: middle + 14 * (line - (layout.p.heading.length - 1)),
      text,
      align: 'right',
      colour: ink3,
    }));
    return [
      name,
      { x: at.counts, y: middle, text: layout.counts[row.contrast]!, align: 'right', colour: ink3 },
      { x: at.numbers, y: middle, text: layout.heading, colour: ink3 },
      ...p,
    ];
  }
  if (row.kind === 'factor') {
    const p = columns ? pText(row.p) : row.p === null ? '' : `P for interaction ${pText(row.p)}`;
    const room = columns ? layout.frame.left - GUTTER : width;
    const name = fitText(row.text, room, 12, 600);
    return [
      { x: start, y: middle, text: name, weight: 600 },
      { x: edge, y: middle, text: p, align: 'right', colour: columns ? undefined : ink3 },
    ];
  }
  const { effect, overall } = row;
  const y = columns ? middle : middle - 9;
  const indent = overall ? 0 : GUTTER;
  const room = columns ? labels : edge - start - layout.numbers - 24;
  const label: Caption = {
    x: start + indent,
    y,
    text: fitText(effect.label, room - indent),
    weight: overall ? 600 : 400,
  };
  const text = effectText(effect) || 'too few to compare';
  const colour = effect.estimate === null ? ink3 : undefined;
  if (!columns) return [label, { x: edge, y, text, align: 'right', colour }];
  return [
    label,
    { x: at.counts, y, text: countsText(effect), align: 'right', colour: ink3 },
    { x: at.numbers, y, text, colour },
  ];
}

/**
 * Lines of the axis behind each contrast, zero among them, and its overall difference dashed. In a narrow picture words
 * stand above each interval, and the lines keep to the intervals.
 */
function grid(
  { blocks, rows, ticks, x, columns }: SubgroupLayout,
  axis: Values[0],
  options: ChartOptions,
): Layer[] {
  const colours = coloursOf(options.theme);
  const upright = (at: number, { top, bottom }: { top: number; bottom: number }, colour: string) => ({
    x: x(at),
    x2: x(at),
    y: top,
    y2: bottom,
    colour,
  });
  const stretches = blocks.flatMap((block) => {
    if (columns) return [block];
    const own = rows.filter(
      ({ row, middle }) => row.kind === 'effect' && middle > block.top && middle < block.bottom,
    );
    return own.map(({ middle }) => ({ ...block, top: middle + 1, bottom: middle + 17 }));
  });
  const shown = ticks.filter((tick) => columns || tick === 0);
  return [
    rules(
      stretches.flatMap((stretch) =>
        shown.map((tick) => upright(tick, stretch, tick === 0 ? colours.ink2 : colours.grid)),
      ),
    ),
    rules(
      stretches.flatMap((stretch) =>
        stretch.overall === null ? [] : [upright(stretch.overall, stretch, colours.axis)],
      ),
      { strokeDash: [3, 3] },
    ),
    rules([axis]),
  ];
}

/** Squares as large as their subgroup, diamonds for all; an interval that goes on beyond the axis ends in a point. */
function marks({ rows, columns, x, reach: [low, high] }: SubgroupLayout, options: ChartOptions): Layer[] {
  const { ink: colour } = coloursOf(options.theme);
  const placed = rows.flatMap(({ row, middle }) => {
    if (row.kind !== 'effect' || row.effect.estimate === null) return [];
    const { label, estimate, n } = row.effect;
    const [lower, upper] = [row.effect.lower!, row.effect.upper!];
    return [{ row, label, estimate, lower, upper, people: n[0] + n[1], y: columns ? middle : middle + 9 }];
  });
  const everybody = Math.max(1, ...placed.map(({ people }) => people));
  const intervals = placed.map(({ label, lower, upper, y }) => ({
    label,
    lower,
    upper,
    x: x(Math.max(low, Math.min(high, lower))),
    x2: x(Math.min(high, Math.max(low, upper))),
    y,
    y2: y,
    colour,
  }));
  const beyond = placed.flatMap(({ lower, upper, y }) => [
    ...(lower < low ? [{ x: x(low), y, angle: -90, colour }] : []),
    ...(upper > high ? [{ x: x(high), y, angle: 90, colour }] : []),
  ]);
  const points = placed
    .filter(({ estimate }) => estimate >= low && estimate <= high)
    .map(({ row, label, estimate, people, y }) => ({
      label,
      estimate,
      x: x(estimate),
      y,
      colour,
      overall: row.overall,
      size: row.overall ? DIAMOND : SQUARE.least + (SQUARE.most - SQUARE.least) * (people / everybody),
    }));
  return [
    rules(intervals, { strokeWidth: 1.75, strokeCap: 'round' }),
    dots(beyond, { shape: 'triangle-up', size: 64, strokeWidth: 0 }, 'angle'),
    dots(
      points.filter(({ overall }) => !overall),
      { shape: 'square' },
      'size',
    ),
    dots(
      points.filter(({ overall }) => overall),
      { shape: 'diamond' },
      'size',
    ),
  ];
}
