import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, plotWidth, said } from './frame.ts';
import { placeLegend } from './legend.ts';
import { roundTicks, signed } from './numbers.ts';
import { ageColours, coloursOf } from './palette.ts';
import { AXIS_ROOM, bottomAxis, dots, linear, rectangles, rules } from './pixels.ts';
import { fitText, textWidth } from './text-width.ts';
import type { TimedSite, VisitTimes } from './timeliness.ts';

const ROW = 36;
const HEAD = 26;
const UNDER = 18;
const GAP = 34;
const GUTTER = 14;
/** Days beyond which a visit is drawn at the edge. */
const FURTHEST = 90;
/** More than this on one day of a site, and days become bars. */
const STACK = 7;
const SIDE_BY_SIDE = 440;

/** The marks of one site at one visit. */
interface Strip {
  inside: Values;
  outside: Values;
  bars: Values;
  median: Values;
}
type Values = Record<string, unknown>[];

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
  const abreast = options.width >= SIDE_BY_SIDE && shown.length <= 3 ? shown.length : 1;
  const left = Math.ceil(
    Math.min(options.width * 0.3, Math.max(...sites.map(({ label }) => textWidth(said(options, label))))) +
      GUTTER,
  );
  const frame = { left, right: 14, top: 0, bottom: 0, height: 0 };
  const width = plotWidth(options, frame);
  const keys = ['In the window', 'Outside it', 'Protocol’s window', 'Median of the site'].map((text) =>
    said(options, text),
  );
  const { places, height: keyHeight } = placeLegend(keys, -left, left + width);
  const start = keyHeight + 12;
  const panelHeight = HEAD + sites.length * ROW + AXIS_ROOM.titled;
  const deep = Math.ceil(shown.length / abreast);
  frame.height = start + deep * (panelHeight + UNDER) - UNDER;
  const panel = (width - GAP * (abreast - 1)) / abreast;

  const kept = (days: number) => Math.max(-FURTHEST, Math.min(FURTHEST, days));
  const early = Math.min(-7, ...shown.map(({ before }) => -before), ...seen.map(({ days }) => kept(days)));
  const latest = Math.max(7, ...shown.map(({ after }) => after), ...seen.map(({ days }) => kept(days)));
  const margin = 0.04 * (latest - early);
  const [low, high] = [early - margin, latest + margin];
  const ticks = roundTicks(low, high, panel < 220 ? 5 : 6, [1, 2, 5]).filter(
    (tick) => tick >= low && tick <= high,
  );

  const strips: Strip[] = [];
  const grid: Values = [];
  const windows: Values = [];
  const captions: Caption[] = keys.map((text, index) => ({
    x: places[index]!.words,
    y: places[index]!.y,
    text,
    colour: colours.ink2,
  }));
  for (const [index, visit] of shown.entries()) {
    const from = (index % abreast) * (panel + GAP);
    const top = start + Math.floor(index / abreast) * (panelHeight + UNDER);
    const base = top + HEAD + sites.length * ROW;
    const x = linear(low, high, from, from + panel);
    const window = `−${visit.before} to +${visit.after} days`;
    captions.push(
      { x: from, y: top + 9, text: visit.label, weight: 600 },
      {
        x: from + textWidth(said(options, visit.label), 12, 600) + 8,
        y: top + 9,
        text: window,
        colour: colours.ink3,
      },
    );
    const [begin, end] = [x(-visit.before), x(visit.after)];
    windows.push({ x: begin, x2: end, y: top + HEAD, y2: base, colour: colours.sunken });
    grid.push({ x: x(0), x2: x(0), y: top + HEAD, y2: base, colour: colours.axis });
    const axis = bottomAxis(
      ticks.map((tick) => ({ at: x(tick), text: tick === 0 ? '0' : signed(tick, 0) })),
      base,
      [from, from + panel],
      colours,
      'Days from the target day',
    );
    captions.push(...axis.captions);
    grid.push(axis.line);
    for (const [row, site] of sites.entries()) {
      const middle = top + HEAD + (row + 0.5) * ROW;
      if (index % abreast === 0)
        captions.push({ x: -GUTTER, y: middle, text: fitText(site.label, left - GUTTER), align: 'right' });
      const own = seen.filter((one) => one.visit === visit.id && one.site === site.id);
      const { median } = rows.find((one) => one.visit === visit.id && one.site === site.id)!;
      const days = own.map((one) => ({ days: kept(one.days), inside: one.inside }));
      strips.push(drawStrip(days, median === null ? null : kept(median), x, middle));
    }
  }
  const [inside, outside, window, median] = places as [Place, Place, Place, Place];
  const all = (part: keyof Strip, colour: string) =>
    strips.flatMap((strip) => strip[part]).map((value): Values[0] => ({ colour, ...value }));
  const layers: Layer[] = [
    rectangles([...windows, { ...swatch(window), colour: colours.sunken }]),
    rules(grid),
    rectangles(all('bars', colours.axis).map((bar) => ({ ...bar, colour: bar.late ? late : bar.colour }))),
    dots([...all('inside', colours.ink3), { x: inside.x + 6, y: inside.y, colour: colours.ink3 }], {
      size: 30,
      strokeWidth: 0,
      opacity: 0.6,
    }),
    dots([...all('outside', late), { x: outside.x + 6, y: outside.y, colour: late }], {
      shape: 'diamond',
      size: 46,
      strokeWidth: 0,
    }),
    rules(
      [
        ...all('median', colours.ink),
        { x: median.x + 6, x2: median.x + 6, y: median.y - 7, y2: median.y + 7, colour: colours.ink },
      ],
      { strokeWidth: 2.5 },
    ),
  ];
  return frameSpec(frame, [...layers, ...captionLayers(captions, options)], words, options);
}

type Place = ReturnType<typeof placeLegend>['places'][number];

function swatch({ x, y }: Place) {
  return { x, x2: x + 12, y: y - 6, y2: y + 6 };
}

/** A mark for every visit, those of one day stacked; where a day has too many, a bar for each day. */
function drawStrip(
  seen: readonly { days: number; inside: boolean }[],
  median: number | null,
  x: (days: number) => number,
  middle: number,
): Strip {
  const strip: Strip = { inside: [], outside: [], bars: [], median: [] };
  const byDay = new Map<number, { inside: number; outside: number }>();
  for (const { days, inside } of seen) {
    const count = byDay.get(days) ?? { inside: 0, outside: 0 };
    count[inside ? 'inside' : 'outside'] += 1;
    byDay.set(days, count);
  }
  const most = Math.max(0, ...[...byDay.values()].map(({ inside, outside }) => inside + outside));
  const step = Math.min(6, (ROW - 10) / Math.max(1, most - 1));
  for (const [day, { inside, outside }] of byDay) {
    const count = inside + outside;
    if (most > STACK) {
      const half = ((count / most) * (ROW - 8)) / 2;
      const [from, to] = [x(day - 0.5), x(day + 0.5)];
      strip.bars.push({
        day,
        count,
        late: outside > 0,
        x: from,
        x2: to,
        y: middle - half,
        y2: middle + half,
      });
      continue;
    }
    for (let n = 0; n < count; n++)
      strip[n < inside ? 'inside' : 'outside'].push({
        day,
        x: x(day),
        y: middle + (n - (count - 1) / 2) * step,
      });
  }
  if (median !== null) strip.median.push({ x: x(median), x2: x(median), y: middle - 13, y2: middle + 13 });
  return strip;
}
