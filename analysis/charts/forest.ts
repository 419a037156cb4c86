import type { ChartOptions, ChartWords } from './chart.ts';
import { arrowLayer } from './favours.ts';
import { type ForestLayout, type ForestLine, GUTTER, layOutForest } from './forest-layout.ts';
import { type Caption, captionLayers, frameSpec, type Layer } from './frame.ts';
import { coloursOf } from './palette.ts';
import type { RiskDifferenceResults } from './risk-difference.ts';
import { fitText, textWidth } from './text-width.ts';

/** Draws the forest; at least one comparison has an estimate. */
export function drawForest(
  results: RiskDifferenceResults,
  lines: Map<string, ForestLine[]>,
  words: ChartWords,
  options: ChartOptions,
) {
  const layout = layOutForest(results, lines, options);
  const layers = [...marks(layout, options), ...captionLayers(captions(layout, options), options)];
  return frameSpec(layout.frame, layers, words, options);
}

function captions(layout: ForestLayout, options: ChartOptions): Caption[] {
  const { columns, withCounts, numbersAt, edge, counts, frame } = layout;
  const { ink3 } = coloursOf(options.theme);
  const start = -frame.left;
  const all: Caption[] = [];
  const pair = (y: number, first: string, second: string) => {
    all.push({ x: edge - counts - GUTTER, y, text: first, align: 'right', colour: ink3 });
    all.push({ x: edge, y, text: second, align: 'right', colour: ink3 });
  };
  if (layout.underAxis !== null) {
    all.push(...layout.sides.map((side) => side.caption(layout.underAxis!, ink3)));
  }
  if (columns)
    all.push({
      x: layout.width / 2,
      y: frame.height + 35,
      text: 'Difference, percentage points',
      align: 'center',
      colour: ink3,
    });
  for (const { visit, lines, reached, panel } of layout.panels) {
    all.push({ x: start, y: panel.heading, text: visit.label, weight: 600 });
    if (!reached) {
      all.push({ x: start, y: panel.rows[0]!, text: 'Nothing to compare here yet', colour: ink3 });
      continue;
    }
    if (layout.besideVisits) all.push(...layout.sides.map((side) => side.caption(panel.heading, ink3)));
    if (columns) all.push({ x: numbersAt, y: panel.heading, text: layout.heading, colour: ink3 });
    if (withCounts) pair(panel.heading, 'First', 'Second');
    for (const [position, line] of lines.entries()) {
      const y = wordsAt(layout, panel.rows[position]!);
      const text = line.text || 'no comparison yet';
      const colour = line.text ? undefined : ink3;
      if (columns) {
        all.push({ x: -GUTTER, y, text: fitText(line.label, layout.labels), align: 'right' });
        all.push({ x: numbersAt, y, text, colour });
      } else {
        const room = edge - start - textWidth(text) - GUTTER;
        all.push({ x: start, y, text: fitText(line.label, room, 12, 600), weight: 600 });
        const both = [line.first, line.second].filter(Boolean).join(', ');
        const after = textWidth(line.label, 12, 600) + 8;
        if (after + textWidth(both) <= room) all.push({ x: start + after, y, text: both, colour: ink3 });
        all.push({ x: edge, y, text, align: 'right', colour });
      }
      if (withCounts) pair(y, line.first, line.second);
    }
  }
  return all;
}

/** In a narrow picture each comparison has its words above its interval. */
function wordsAt({ columns }: ForestLayout, middle: number): number {
  return columns ? middle : middle - 10;
}

function marks(layout: ForestLayout, options: ChartOptions): Layer[] {
  const { columns, ticks, sides, underAxis } = layout;
  const colours = coloursOf(options.theme);
  const reached = layout.panels.filter((panel) => panel.reached);
  const intervals = reached.flatMap(({ lines, panel }) =>
    lines.flatMap(({ row, label, primary }, position) => {
      if (row.estimate === null) return [];
      const y = panel.rows[position]! + (columns ? 0 : 9);
      const fill = primary ? colours.ink : colours.surface;
      return [
        { label, y, difference: 100 * row.estimate, lower: 100 * row.lower!, upper: 100 * row.upper!, fill },
      ];
    }),
  );
  const stretches = reached.flatMap(({ panel }) =>
    columns
      ? [{ y: panel.top, y2: panel.bottom }]
      : panel.rows.map((middle) => ({ y: middle, y2: middle + 18 })),
  );
  const rules = ticks.flatMap((tick) => stretches.map((stretch) => ({ tick, ...stretch })));
  const heights = underAxis === null ? reached.map(({ panel }) => panel.heading) : [underAxis];
  const shown = layout.besideVisits || underAxis !== null;
  const arrows = shown ? heights.flatMap((y) => sides.map((side) => side.arrow(y))) : [];

  const x = {
    type: 'quantitative' as const,
    scale: { domain: [ticks[0]!, ticks.at(-1)!], nice: false, zero: false },
    axis: {
      title: null,
      values: ticks,
      labelExpr: "(datum.value > 0 ? '+' : '') + datum.label",
      domain: true,
      offset: -1,
    },
  };
  const y = { field: 'y', type: 'quantitative' as const, scale: null, axis: null };
  const rule = { x: { ...x, field: 'tick' }, y, y2: { field: 'y2' } };
  return [
    {
      data: { values: rules.filter(({ tick }) => tick !== 0) },
      mark: { type: 'rule' },
      encoding: rule,
    },
    {
      data: { values: rules.filter(({ tick }) => tick === 0) },
      mark: { type: 'rule', color: colours.ink2, strokeWidth: 1.25 },
      encoding: rule,
    },
    {
      data: { values: intervals },
      mark: { type: 'rule', color: colours.ink, strokeWidth: 1.75, strokeCap: 'round' },
      encoding: { x: { ...x, field: 'lower' }, x2: { field: 'upper' }, y },
    },
    {
      data: { values: intervals },
      mark: { type: 'point', shape: 'square', size: 80, stroke: colours.ink, strokeWidth: 1.75 },
      encoding: {
        x: { ...x, field: 'difference' },
        y,
        fill: { field: 'fill', type: 'nominal', scale: null },
      },
    },
    arrowLayer(arrows, colours.ink3),
  ];
}
