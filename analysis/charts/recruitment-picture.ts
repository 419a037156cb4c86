import { dayNumber, dayText } from '../day.ts';
import type { ForecastPoint, Recruitment } from '../recruitment.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, plotHeight, plotWidth } from './frame.ts';
import { calendarTicks } from './month-ticks.ts';
import { roundTicks } from './numbers.ts';
import { coloursOf } from './palette.ts';
import { textWidth } from './text-width.ts';

const HEIGHT = 236;
const TOP = 18;
const AXIS = 24;
const RIGHT = 14;

/** Draws counts, plan, target and forecast; somebody is randomised or there is a plan. */
export function drawRecruitment(results: Recruitment, words: ChartWords, options: ChartOptions) {
  const { series, planned, forecast, target, count } = results;
  const colours = coloursOf(options.theme);
  const days = [...series, ...(planned ?? []), ...(forecast?.points ?? [])].map(({ on }) => on).sort();
  const from = days[0]!;
  const to = days.at(-1)! > from ? days.at(-1)! : dayText(dayNumber(from) + 1);
  const ticks = roundTicks(0, Math.max(target, count), 4);
  const left = Math.ceil(Math.max(...ticks.map((tick) => textWidth(String(tick))))) + 10;
  const height = plotHeight(options, HEIGHT);
  const frame = { left, right: RIGHT, top: TOP, bottom: AXIS, height };
  const width = plotWidth(options, frame);
  const high = Math.max(target, count) * 1.02;
  const shown = ticks.filter((tick) => tick <= high);
  const across = (day: string) =>
    ((dayNumber(day) - dayNumber(from)) / (dayNumber(to) - dayNumber(from))) * width;
  const down = (value: number) => height - (value / high) * height;
  const { days: marks, format } = calendarTicks(from, to, width);
  const last = series.at(-1)!;

  const captions: Caption[] = [
    targetCaption(target, { x: across(last.on), y: down(count) }, down(target), width, colours.ink3),
  ];
  if (count > 0) captions.push(endCaption(across(last.on), down(count), count, width, down(target)));
  if (planned) captions.push(plannedCaption(results, planned, across, down, colours.ink3));

  const x = {
    field: 'on',
    type: 'temporal' as const,
    scale: { type: 'utc' as const, domain: [moment(from), moment(to)], nice: false },
    axis: {
      title: null,
      values: marks.filter((day) => across(day) <= width - 18).map(moment),
      format,
      domain: true,
      ticks: true,
      tickSize: 4,
      labelPadding: 5,
    },
  };
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [0, high], nice: false, zero: true },
    axis: { title: null, values: shown, grid: true, format: 'd' },
  };
  const layers: Layer[] = [
    {
      data: { values: [from, to].map((on) => ({ on, target })) },
      mark: { type: 'line', color: colours.ink3, strokeWidth: 1.25, strokeDash: [2, 3] },
      encoding: { x, y: { ...y, field: 'target' } },
    },
  ];
  if (forecast) {
    layers.push(
      {
        data: { values: forecast.points },
        mark: { type: 'area', color: colours.ink, opacity: options.theme === 'dark' ? 0.2 : 0.1 },
        encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' } },
      },
      {
        data: { values: upTo(target, forecast.points) },
        mark: { type: 'line', color: colours.ink, strokeWidth: 1.5, strokeDash: [3, 3] },
        encoding: { x, y: { ...y, field: 'median' } },
      },
    );
  }
  if (planned) {
    layers.push({
      data: { values: planned },
      mark: { type: 'line', color: colours.ink3, strokeWidth: 1.5, strokeDash: [6, 4] },
      encoding: { x, y: { ...y, field: 'count' } },
    });
  }
  layers.push(
    {
      data: { values: series },
      mark: { type: 'line', interpolate: 'step-after', color: colours.ink, strokeWidth: 2 },
      encoding: { x, y: { ...y, field: 'count' } },
    },
    {
      data: { values: [last] },
      mark: { type: 'point', color: colours.ink, size: 84, stroke: colours.surface, strokeWidth: 1.5 },
      encoding: { x, y: { ...y, field: 'count' } },
    },
  );
  return frameSpec(frame, [...layers, ...captionLayers(captions, options)], words, options);
}

/** A day as Vega-Lite writes one, in no time zone but UTC. */
function moment(day: string) {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return { year, month, date, utc: true };
}

/** The points until the median reaches the target; beyond it there is nobody to recruit. */
function upTo(target: number, points: readonly ForecastPoint[]): ForecastPoint[] {
  const end = points.findIndex(({ median }) => median >= target);
  return end < 0 ? [...points] : points.slice(0, end + 1);
}

/** On the target's line at its left end, or at its right end where the count's point stands in the way. */
function targetCaption(
  target: number,
  point: { x: number; y: number },
  y: number,
  width: number,
  colour: string,
): Caption {
  const text = `Target ${target}`;
  const inTheWay = point.x < textWidth(text, 12, 400) + 40 && Math.abs(point.y - y) < 24;
  return inTheWay
    ? { x: width - 2, y: y - 10, text, align: 'right', colour }
    : { x: 2, y: y - 10, text, colour };
}

/** The count so far, above its point unless the target's line runs there. */
function endCaption(x: number, y: number, count: number, width: number, target: number): Caption {
  const text = String(count);
  const room = textWidth(text, 12, 600) + 10;
  const crossed = target < y && target > y - 20;
  const below = crossed && x + room <= width;
  if (x - room < 0 || below) {
    return { x: Math.min(x + 9, width - room), y: below ? y + 11 : y - 10, text, weight: 600 };
  }
  return { x: x - 8, y: crossed ? target - 10 : y - 10, text, align: 'right', weight: 600 };
}

/** Beside the middle of the planned line, on the side where neither count nor forecast runs. */
function plannedCaption(
  { series, forecast, target }: Recruitment,
  planned: NonNullable<Recruitment['planned']>,
  across: (day: string) => number,
  down: (value: number) => number,
  colour: string,
): Caption {
  const share = 0.6;
  const [begin, end] = planned;
  const x = across(begin.on) + share * (across(end.on) - across(begin.on));
  const y = down(share * target);
  const course = [...series, ...(forecast?.points ?? []).map(({ on, median }) => ({ on, count: median }))];
  const there = course.filter(({ on }) => across(on) <= x).at(-1)?.count ?? 0;
  return there < share * target
    ? { x: x - 8, y: y - 9, text: 'Planned', align: 'right', colour }
    : { x: x + 8, y: y + 10, text: 'Planned', colour };
}
