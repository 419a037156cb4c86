import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, plotWidth } from './frame.ts';
import { roundTicks, signed } from './numbers.ts';
import { ageColours, coloursOf } from './palette.ts';
import { bottomAxis, dots, linear, rectangles, rules } from './pixels.ts';
import { fitText, textWidth } from './text-width.ts';
import type { TimedSite, VisitTimes } from './timeliness.ts';

const ROW = 34;
const HEAD = 26;
const AXIS = 30;
const GAP = 26;
const GUTTER = 12;
/** Days beyond which a visit is drawn at the edge. */
const FURTHEST = 90;
/** More than this on one day of a site, and days become bars. */
const STACK = 7;
const SIDE_BY_SIDE = 440;

/** Draws the strips; at least one visit took place. */
export function drawTimeliness(
  { visits, sites, seen }: VisitTimes,
  rows: readonly TimedSite[],
  words: ChartWords,
  options: ChartOptions,
) {
  const colours = coloursOf(options.theme);
  const late = ageColours(options.theme, 4).at(-1)!;
  const shown = visits.filter(({ id }) => seen.some(({ visit }) => visit === id));
  const across = options.width >= SIDE_BY_SIDE && shown.length <= 3 ? shown.length : 1;
  const left = Math.ceil(
    Math.min(options.width * 0.3, Math.max(...sites.map(({ label }) => textWidth(label)))) + GUTTER,
  );
  const panelHeight = HEAD + sites.length * ROW + AXIS;
  const deep = Math.ceil(shown.length / across);
  const frame = { left, right: 14, top: 0, bottom: 0, height: deep * panelHeight };
  const width = plotWidth(options, frame);
  const panel = (width - GAP * (across - 1)) / across;
  const kept = (days: number) => Math.max(-FURTHEST, Math.min(FURTHEST, days));
  const furthest = Math.max(
    ...shown.flatMap(({ before, after }) => [before, after]),
    ...seen.map(({ days }) => Math.abs(kept(days))),
    7,
  );
  const ticks = roundTicks(-furthest, furthest, panel < 220 ? 4 : 6, [1, 2, 5]);
  const grid: Record<string, unknown>[] = [];
  const windows: Record<string, unknown>[] = [];
  const marks: Record<string, unknown>[] = [];
  const late_: Record<string, unknown>[] = [];
  const bars: Record<string, unknown>[] = [];
  const medians: Record<string, unknown>[] = [];
  const captions: Caption[] = [];
  for (const [index, visit] of shown.entries()) {
    const from = (index % across) * (panel + GAP);
    const top = Math.floor(index / across) * panelHeight;
    const base = top + HEAD + sites.length * ROW;
    const x = linear(ticks[0]!, ticks.at(-1)!, from, from + panel);
    captions.push({ x: from, y: top + 9, text: visit.label, weight: 600 });
    windows.push({
      x: x(-visit.before),
      x2: x(visit.after),
      y: top + HEAD,
      y2: base,
      colour: colours.sunken,
    });
    grid.push({ x: x(0), x2: x(0), y: top + HEAD, y2: base, colour: colours.axis });
    const axis = bottomAxis(
      ticks.map((tick) => ({ at: x(tick), text: tick === 0 ? '0' : signed(tick, 0) })),
      base,
      [from, from + panel],
      colours,
    );
    captions.push(...axis.captions);
    grid.push(axis.line);
    for (const [row, site] of sites.entries()) {
      const middle = top + HEAD + (row + 0.5) * ROW;
      if (index % across === 0)
        captions.push({ x: -GUTTER, y: middle, text: fitText(site.label, left - GUTTER), align: 'right' });
      const own = rows.find((one) => one.visit === visit.id && one.site === site.id)!;
      const days = new Map<number, { inside: number; outside: number }>();
      for (const one of seen) {
        if (one.visit !== visit.id || one.site !== site.id) continue;
        const day = kept(one.days);
        const count = days.get(day) ?? { inside: 0, outside: 0 };
        count[one.inside ? 'inside' : 'outside'] += 1;
        days.set(day, count);
      }
      const most = Math.max(0, ...[...days.values()].map(({ inside, outside }) => inside + outside));
      for (const [day, { inside, outside }] of days) {
        const count = inside + outside;
        if (most > STACK) {
          const half = ((count / most) * (ROW - 8)) / 2;
          const colour = outside > 0 ? late : colours.axis;
          bars.push({
            day,
            count,
            x: x(day - 0.5),
            x2: x(day + 0.5),
            y: middle - half,
            y2: middle + half,
            colour,
          });
          continue;
        }
        const step = Math.min(6, (ROW - 10) / Math.max(1, most - 1));
        for (let n = 0; n < count; n++) {
          const y = middle + (n - (count - 1) / 2) * step;
          if (n < inside) marks.push({ day, x: x(day), y, colour: colours.axis });
          else late_.push({ day, x: x(day), y, colour: late });
        }
      }
      if (own.median !== null) {
        const at = x(kept(own.median));
        medians.push({ x: at, x2: at, y: middle - 12, y2: middle + 12, colour: colours.ink });
      }
    }
  }
  const layers: Layer[] = [
    rectangles(windows),
    rules(grid),
    rectangles(bars),
    dots(marks, { size: 26, strokeWidth: 0 }),
    dots(late_, { shape: 'diamond', size: 40, strokeWidth: 0 }),
    rules(medians, { strokeWidth: 2.5 }),
  ];
  return frameSpec(frame, [...layers, ...captionLayers(captions, options)], words, options);
}
