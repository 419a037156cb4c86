import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, plotWidth, said } from './frame.ts';
import { roundTicks } from './numbers.ts';
import { ageColours, coloursOf } from './palette.ts';
import { AXIS_ROOM, bottomAxis, linear, rectangles, rules } from './pixels.ts';
import type { AgedSite } from './query-ageing.ts';
import { fitText, textWidth } from './text-width.ts';

const ROW = 34;
const KEY = 20;
const GUTTER = 12;
const MOST = 15;

/** Draws the bars; at least one query waits. */
export function drawQueryAgeing(
  rows: readonly AgedSite[],
  names: readonly string[],
  words: ChartWords,
  options: ChartOptions,
) {
  const colours = coloursOf(options.theme);
  const fills = ageColours(options.theme, names.length);
  const shown = rows.slice(0, MOST);
  const left = Math.ceil(
    Math.min(options.width * 0.34, Math.max(...shown.map(({ label }) => textWidth(said(options, label))))) +
      GUTTER,
  );
  const total = Math.max(...shown.map((row) => row.total));
  const right = Math.ceil(textWidth(String(total), 12, 600)) + 12;
  const keys: { name: string; x: number; y: number; fill: string }[] = [];
  let [at, line] = [0, 0];
  for (const [index, name] of names.entries()) {
    const width = textWidth(said(options, name)) + 34;
    if (at > 0 && at + width - 16 > options.width - 40) [at, line] = [0, line + 1];
    keys.push({ name, x: at, y: 9 + line * KEY, fill: fills[index]! });
    at += width;
  }
  const top = (line + 1) * KEY + 8;
  const height = top + shown.length * ROW;
  const frame = { left, right, top: 0, bottom: AXIS_ROOM.titled, height };
  const width = plotWidth(options, frame);
  const ticks = roundTicks(0, total, 5, [1, 2, 5]).filter(Number.isInteger);
  const x = linear(0, Math.max(total, 1), 0, width);
  const bars: Record<string, unknown>[] = [];
  const captions: Caption[] = keys.map(({ name, x: from, y }) => ({
    x: from - left + 17,
    y,
    text: name,
    colour: colours.ink2,
  }));
  for (const [index, row] of shown.entries()) {
    const y = top + (index + 0.5) * ROW;
    captions.push({ x: -GUTTER, y, text: fitText(row.label, left - GUTTER), align: 'right' });
    captions.push({ x: x(row.total) + 8, y, text: String(row.total), weight: 600 });
    let from = 0;
    for (const [band, count] of row.counts.entries()) {
      if (count === 0) continue;
      const gap = from > 0 ? 1.5 : 0;
      bars.push({
        site: row.label,
        count,
        x: x(from) + gap,
        x2: x(from + count),
        y: y - 11,
        y2: y + 11,
        colour: fills[band],
      });
      from += count;
    }
  }
  const within = ticks.filter((tick) => tick <= total);
  const axis = bottomAxis(
    within.map((tick) => ({ at: x(tick), text: String(tick) })),
    height,
    [0, width],
    colours,
    'Unresolved queries',
  );
  const layers = [
    rules([
      ...within
        .slice(1)
        .map((tick) => ({ x: x(tick), x2: x(tick), y: top, y2: height, colour: colours.grid })),
      axis.line,
    ]),
    rectangles([
      ...keys.map(({ x: from, y, fill }) => ({
        x: from - left,
        x2: from - left + 11,
        y: y - 5.5,
        y2: y + 5.5,
        colour: fill,
      })),
      ...bars,
    ]),
    ...captionLayers([...captions, ...axis.captions], options),
  ];
  return frameSpec(frame, layers, words, options);
}
