import type { Interval } from '../interval.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, labelLines, plotWidth, said } from './frame.ts';
import { decimal, roundTicks, share } from './numbers.ts';
import { coloursOf } from './palette.ts';
import { bottomAxis, dots, linear, rectangles, rules } from './pixels.ts';
import type { SiteResults } from './sites.ts';
import { fitText, textWidth } from './text-width.ts';

const ROW = 34;
const HEAD = 28;
const AXIS = 28;
const GAP = 40;
const GUTTER = 14;
const BETWEEN = 14;
const IN_COLUMNS = 500;
const WITH_COUNTS = 660;
const MOST = 20;

type Values = Record<string, unknown>[];
interface Panel {
  from: number;
  top: number;
  width: number;
}
interface Marks {
  captions: Caption[];
  fills: Values;
  axes: Values;
  dashes: Values;
  intervals: Values;
  points: Values;
}

/** Draws the columns; somebody is randomised. Narrow, they stand under one another. */
export function drawSites({ sites, outcome }: SiteResults, words: ChartWords, options: ChartOptions) {
  const colours = coloursOf(options.theme);
  const shown = sites.slice(0, MOST);
  const columns = options.width >= IN_COLUMNS;
  const names = Math.max(...shown.map(({ label }) => textWidth(said(options, label))));
  const left = Math.ceil(Math.min(options.width * (columns ? 0.2 : 0.3), names)) + GUTTER;
  const frame = { left, right: columns ? 0 : 20, top: 0, bottom: 0, height: 0 };
  const width = plotWidth(options, frame);
  const rowsHigh = HEAD + shown.length * ROW;
  const block = rowsHigh + AXIS;
  const counts = shown.map(({ complete: { count, of } }) => (of === 0 ? '' : share(count, of)));
  const withCounts = !columns || options.width >= WITH_COUNTS;
  const countRoom = withCounts ? Math.ceil(Math.max(...counts.map((text) => textWidth(text)))) + 12 : 0;
  const queryHeading = options.width >= 600 ? 'Open queries' : 'Queries';
  const taken = columns ? Math.ceil(textWidth(queryHeading)) + countRoom + 3 * GAP : 0;
  const shares = columns ? [0.36, 0.3, 0.34] : [1, 1, 1];
  const panels = shares.map((part, index) => ({
    from: columns
      ? shares.slice(0, index).reduce((sum, one) => sum + one * (width - taken), 0) + index * GAP
      : 0,
    width: part * (columns ? width - taken : width - (index === 2 ? countRoom : 0)),
    // Below one another, the bars and the queries have no axis.
    top: columns || index === 0 ? 0 : rowsHigh + BETWEEN + (index - 1) * (block + BETWEEN),
  }));
  const [bullet, rate, completeness] = panels as [Panel, Panel, Panel];
  const queries = { from: 0, width, top: completeness.top + block + BETWEEN };
  frame.height = columns ? block : queries.top + rowsHigh;

  const marks: Marks = { captions: [], fills: [], axes: [], dashes: [], intervals: [], points: [] };
  const middle = (top: number, row: number) => top + HEAD + (row + 0.5) * ROW;
  const heading = (text: string, panel: Panel, room = panel.width + GAP - 8) => {
    marks.captions.push({ x: panel.from, y: panel.top + 9, text: fitText(text, room), colour: colours.ink3 });
    if (columns && panel.from > 0) return;
    for (const [row, { label: text }] of shown.entries()) {
      const label: Caption = { x: -GUTTER, y: middle(panel.top, row), text, align: 'right' };
      marks.captions.push(...labelLines(label, left - GUTTER, options));
    }
  };

  heading(shown.some(({ target }) => target !== null) ? 'Randomised / target' : 'Randomised', bullet);
  const texts = shown.map(({ randomised, target }) =>
    target === null ? `${randomised}` : `${randomised} / ${target}`,
  );
  const room = Math.max(...texts.map((text) => textWidth(text))) + 8;
  const most = Math.max(1, ...shown.map(({ randomised, target }) => Math.max(randomised, target ?? 0)));
  const length = linear(0, most, bullet.from, bullet.from + bullet.width - room);
  for (const [row, { randomised, target }] of shown.entries()) {
    const y = middle(bullet.top, row);
    const bar = (to: number, half: number, colour: string) =>
      marks.fills.push({ x: length(0), x2: length(to), y: y - half, y2: y + half, colour });
    if (target !== null) bar(target, 10, colours.grid);
    bar(randomised, 5.5, colours.ink2);
    const x = length(Math.max(randomised, target ?? 0)) + 7;
    marks.captions.push({ x, y, text: texts[row]!, colour: colours.ink2 });
  }

  const forest = (
    panel: Panel,
    intervals: (Interval | null)[],
    ticks: readonly number[],
    text: (value: number) => string,
    together: number | null,
  ) => {
    const x = linear(ticks[0]!, ticks.at(-1)!, panel.from, panel.from + panel.width);
    const base = panel.top + block - AXIS;
    const ends: [number, number] = [panel.from, panel.from + panel.width];
    const axis = bottomAxis(
      ticks.map((tick) => ({ at: x(tick), text: text(tick) })),
      base,
      ends,
      colours,
    );
    marks.captions.push(...axis.captions);
    marks.axes.push(axis.line);
    if (together !== null)
      marks.dashes.push({
        x: x(together),
        x2: x(together),
        y: panel.top + HEAD - 4,
        y2: base,
        colour: colours.axis,
      });
    for (const [row, interval] of intervals.entries()) {
      const y = middle(panel.top, row);
      if (!interval) {
        marks.captions.push({ x: panel.from, y, text: 'nothing due yet', colour: colours.ink3 });
        continue;
      }
      const upper = Math.min(interval.upper, ticks.at(-1)!);
      marks.intervals.push({ x: x(interval.lower), x2: x(upper), y, y2: y, colour: colours.ink3 });
      marks.points.push({ ...interval, x: x(interval.estimate), y, colour: colours.ink });
    }
  };
  const sum = (values: number[]) => values.reduce((all, one) => all + one, 0);
  const rates = roundTicks(
    0,
    Math.max(...shown.map((site) => site.rate.upper)),
    rate.width < 150 ? 2 : 4,
    [1, 2, 5],
  );
  const decimals = Math.max(...rates.map((tick) => (String(tick).split('.')[1] ?? '').length));
  heading('Per month', rate);
  forest(
    rate,
    shown.map((site) => site.rate),
    rates,
    (tick) => decimal(tick, decimals),
    sum(shown.map(({ randomised }) => randomised)) / sum(shown.map(({ months }) => months)),
  );
  const complete = outcome === '' ? 'Scores complete' : `${outcome} complete`;
  const completeRoom = completeness.width + countRoom + GAP - 8;
  heading(textWidth(complete) <= completeRoom ? complete : 'Outcome complete', completeness, completeRoom);
  const of = sum(shown.map((site) => site.complete.of));
  forest(
    completeness,
    shown.map((site) => site.completeness),
    [0, 0.25, 0.5, 0.75, 1].filter((tick) => completeness.width >= 190 || (tick !== 0.25 && tick !== 0.75)),
    (tick) => `${100 * tick}%`,
    of > 0 ? sum(shown.map((site) => site.complete.count)) / of : null,
  );
  if (withCounts)
    for (const [row, text] of counts.entries())
      marks.captions.push({
        x: completeness.from + completeness.width + countRoom,
        y: middle(completeness.top, row),
        text,
        align: 'right',
        colour: colours.ink2,
      });
  if (!columns) {
    heading('Open queries', queries);
    for (const [row, site] of shown.entries())
      marks.captions.push({ x: 0, y: middle(queries.top, row), text: String(site.openQueries) });
  } else {
    marks.captions.push({ x: width, y: 9, text: queryHeading, align: 'right', colour: colours.ink3 });
    for (const [row, site] of shown.entries())
      marks.captions.push({ x: width, y: middle(0, row), text: String(site.openQueries), align: 'right' });
  }
  const layers: Layer[] = [
    rectangles(marks.fills, { cornerRadius: 1.5 }),
    rules(marks.dashes, { strokeDash: [3, 3] }),
    rules(marks.axes),
    rules(marks.intervals, { strokeWidth: 1.75, strokeCap: 'round' }),
    dots(marks.points, { size: 62, strokeWidth: 0 }),
  ];
  return frameSpec(frame, [...layers, ...captionLayers(marks.captions, options)], words, options);
}
