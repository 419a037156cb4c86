import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, plotWidth } from './frame.ts';
import { decimal, roundTicks } from './numbers.ts';
import { coloursOf } from './palette.ts';
import { bottomAxis, dots, linear, rectangles, rules } from './pixels.ts';
import type { SiteResults } from './sites.ts';
import { fitText, textWidth } from './text-width.ts';

const ROW = 30;
const HEAD = 26;
const GAP = 26;
const GUTTER = 12;
const IN_COLUMNS = 500;
const MOST = 20;

/** The name of what is complete where it fits, and only that it's complete where it doesn't. */
function fitting(outcome: string, width: number): string {
  const text = `${outcome} there`;
  return outcome && textWidth(text) <= width + GAP - 6 ? text : 'Scores there';
}

/** Draws the columns; somebody is randomised. Narrow, they stand under one another. */
export function drawSites({ sites, outcome }: SiteResults, words: ChartWords, options: ChartOptions) {
  const colours = coloursOf(options.theme);
  const shown = sites.slice(0, MOST);
  const columns = options.width >= IN_COLUMNS;
  const left = Math.ceil(
    Math.min(options.width * 0.3, Math.max(...shown.map(({ label }) => textWidth(label)))) + GUTTER,
  );
  const queries = columns ? Math.ceil(textWidth('Queries')) : 0;
  const frame = { left, right: columns ? 0 : 20, top: 0, bottom: 0, height: 0 };
  const width = plotWidth(options, frame);
  const block = HEAD + shown.length * ROW;
  const inner = columns ? width - queries - 3 * GAP : width;
  const shares = columns ? [0.36, 0.3, 0.34] : [1, 1, 1];
  const panels = shares.map((share, index) => ({
    from: columns ? shares.slice(0, index).reduce((sum, one) => sum + one * inner + GAP, 0) : 0,
    width: share * inner,
    top: columns ? 0 : index * (block + 34),
  }));
  frame.height = columns ? block + 28 : 3 * (block + 34) - 8;
  const captions: Caption[] = [];
  const fills: Record<string, unknown>[] = [];
  const lines: Record<string, unknown>[] = [];
  const dashes: Record<string, unknown>[] = [];
  const points: Record<string, unknown>[] = [];
  const middle = (top: number, row: number) => top + HEAD + (row + 0.5) * ROW;
  const names = (top: number) =>
    shown.map((site, row) => ({
      x: -GUTTER,
      y: middle(top, row),
      text: fitText(site.label, left - GUTTER),
      align: 'right' as const,
    }));
  const heading = (text: string, panel: { from: number; top: number; width: number }) => {
    captions.push({
      x: panel.from,
      y: panel.top + 9,
      text: fitText(text, panel.width + GAP - 4),
      colour: colours.ink3,
    });
    if (!columns || panel.from === 0) captions.push(...names(panel.top));
  };

  const [bullet, rate, completeness] = panels as [(typeof panels)[0], (typeof panels)[0], (typeof panels)[0]];
  heading(shown.some(({ target }) => target !== null) ? 'Randomised / target' : 'Randomised', bullet);
  const texts = shown.map(({ randomised, target }) =>
    target === null ? `${randomised}` : `${randomised} / ${target}`,
  );
  const room = Math.max(...texts.map((text) => textWidth(text))) + 8;
  const most = Math.max(1, ...shown.map(({ randomised, target }) => Math.max(randomised, target ?? 0)));
  const length = linear(0, most, bullet.from, bullet.from + bullet.width - room);
  for (const [row, site] of shown.entries()) {
    const y = middle(bullet.top, row);
    if (site.target !== null)
      fills.push({ x: length(0), x2: length(site.target), y: y - 10, y2: y + 10, colour: colours.grid });
    fills.push({ x: length(0), x2: length(site.randomised), y: y - 5, y2: y + 5, colour: colours.ink2 });
    const end = length(Math.max(site.randomised, site.target ?? 0));
    captions.push({ x: end + 7, y, text: texts[row]!, colour: colours.ink2 });
  }

  const forest = (
    panel: (typeof panels)[0],
    title: string,
    intervals: ({ estimate: number; lower: number; upper: number } | null)[],
    ticks: number[],
    text: (value: number) => string,
    reference: number | null,
  ) => {
    heading(title, panel);
    const x = linear(ticks[0]!, ticks.at(-1)!, panel.from, panel.from + panel.width);
    const base = panel.top + block;
    const axis = bottomAxis(
      ticks.map((tick) => ({ at: x(tick), text: text(tick) })),
      base,
      [panel.from, panel.from + panel.width],
      colours,
    );
    captions.push(...axis.captions);
    lines.push(axis.line);
    if (reference !== null)
      dashes.push({ x: x(reference), x2: x(reference), y: panel.top + HEAD, y2: base, colour: colours.axis });
    for (const [row, interval] of intervals.entries()) {
      const y = middle(panel.top, row);
      if (!interval) {
        captions.push({ x: panel.from, y, text: 'nothing due yet', colour: colours.ink3 });
        continue;
      }
      const upper = Math.min(interval.upper, ticks.at(-1)!);
      lines.push({ x: x(interval.lower), x2: x(upper), y, y2: y, colour: colours.ink3, wide: true });
      points.push({ ...interval, x: x(interval.estimate), y, colour: colours.ink });
    }
  };
  const all = shown.reduce((sum, { randomised }) => sum + randomised, 0);
  const months = shown.reduce((sum, site) => sum + site.months, 0);
  const rates = roundTicks(0, Math.max(...shown.map((site) => site.rate.upper)), 4, [1, 2, 5]);
  const decimals = Math.max(...rates.map((tick) => (String(tick).split('.')[1] ?? '').length));
  forest(
    rate,
    'Randomised a month',
    shown.map((site) => site.rate),
    rates,
    (tick) => decimal(tick, decimals),
    all / months,
  );
  const count = shown.reduce((sum, { complete }) => sum + complete.count, 0);
  const of = shown.reduce((sum, { complete }) => sum + complete.of, 0);
  forest(
    completeness,
    fitting(outcome, completeness.width),
    shown.map((site) => site.completeness),
    [0, 0.25, 0.5, 0.75, 1].filter((tick) => completeness.width >= 170 || (tick !== 0.25 && tick !== 0.75)),
    (tick) => `${100 * tick}%`,
    of > 0 ? count / of : null,
  );
  if (columns) {
    captions.push({ x: width, y: 9, text: 'Queries', align: 'right', colour: colours.ink3 });
    for (const [row, site] of shown.entries())
      captions.push({ x: width, y: middle(0, row), text: String(site.openQueries), align: 'right' });
  }
  const layers: Layer[] = [
    rectangles(fills, { cornerRadius: 1 }),
    rules(dashes, { strokeDash: [3, 3] }),
    rules(lines.filter((line) => !('wide' in line))),
    rules(
      lines.filter((line) => 'wide' in line),
      { strokeWidth: 1.75, strokeCap: 'round' },
    ),
    dots(points, { size: 58, strokeWidth: 0 }),
  ];
  return frameSpec(frame, [...layers, ...captionLayers(captions, options)], words, options);
}
