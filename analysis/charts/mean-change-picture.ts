import type { ResultRow } from '../plan.ts';
import { isPooled } from '../validate.ts';
import { armChannels } from './arm-channels.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, plotWidth } from './frame.ts';
import type { MeanChangeResults } from './mean-change.ts';
import { decimal, roundTicks } from './numbers.ts';
import { followUp } from './outcome.ts';
import { armStyles, coloursOf } from './palette.ts';
import { spread } from './spread.ts';
import { fitText, textWidth } from './text-width.ts';
import { timeLabels } from './time-labels.ts';

const HEIGHT = 164;
const LABEL_GAP = 15;
const TABLE_ROW = 17;
const GUTTER = 12;
/** For the unit of bare numbers, “months”, after the last visit. */
const UNIT_ROOM = 44;

/** Draws lines, intervals and the table of n; at least one row has an estimate. */
export function drawMeanChange(
  results: MeanChangeResults,
  rows: ResultRow[],
  words: ChartWords,
  options: ChartOptions,
) {
  const { arms, visits } = results;
  const pooled = isPooled(arms);
  const colours = coloursOf(options.theme);
  const styles = armStyles(arms, options);
  const at = (arm: string, visit: string) => rows.find((row) => row.arm === arm && row.visit === visit);
  const base = visits.findLast((visit) => visit.baseline);
  const places = [...(base ? [base] : []), ...followUp(results)];
  const start = base?.day ?? 0;
  const end = Math.max(start + 1, ...places.map((visit) => visit.day));

  const ends = rows.flatMap((row) => [row.estimate, row.lower, row.upper]).filter((value) => value !== null);
  const ticks = roundTicks(Math.min(0, ...ends), Math.max(0, ...ends), 5);
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  const decimals = ticks.every(Number.isInteger) ? 0 : 1;
  const last = arms.map((arm) =>
    followUp(results)
      .map(({ id }) => at(arm.id, id))
      .findLast((row) => row?.estimate != null),
  );
  const longest = options.width * 0.26;
  const endText = arms.map((arm, index) => {
    const mean = last[index]?.estimate;
    if (mean == null) return '';
    return pooled ? decimal(mean) : `${fitText(arm.label, longest, 12, 600)} ${decimal(mean)}`;
  });
  const tableText = arms.map((arm) => (pooled ? 'n' : fitText(arm.label, longest, 12, 600)));
  const step = Math.min(6, 28 / arms.length);
  const dodge = (index: number) => (index - (arms.length - 1) / 2) * step;
  const inset = Math.max(10, dodge(arms.length - 1) + 6);
  const digits = Math.max(...rows.map((row) => textWidth(String(row.denominator ?? 0))));
  const left = Math.ceil(
    Math.max(
      ...ticks.map((tick) => textWidth(decimal(tick, decimals))),
      ...tableText.map((text) => textWidth(text, 12, 600) + digits / 2 - inset),
    ) + GUTTER,
  );
  const right = Math.ceil(Math.max(UNIT_ROOM, ...endText.map((text) => textWidth(text, 12, 600)))) + 6;
  const width = plotWidth(options, { left, right });
  const pixels = (day: number) => inset + ((day - start) / (end - start)) * (width - 2 * inset);
  const days = (shift: number) => (shift / (width - 2 * inset)) * (end - start);
  const top = 8;
  const height = (value: number) => ((high - value) / (high - low)) * HEIGHT;

  const labels = timeLabels(
    places.map((visit) => ({ x: pixels(visit.day), label: visit.label })),
    digits,
  );
  const names = HEIGHT + 16;
  const firstRow = names + 21;
  const bottom = firstRow - HEIGHT + arms.length * TABLE_ROW - 8;
  const captions: Caption[] = places.map((visit, index) => ({
    x: pixels(visit.day),
    y: names,
    text: labels.words[index]!,
    align: 'center',
    colour: colours.ink3,
  }));
  if (labels.unit) captions.push({ x: width + 6, y: names, text: labels.unit, colour: colours.ink3 });

  const ys = spread(
    last.map((row) => height(row?.estimate ?? 0)),
    LABEL_GAP,
    4,
    HEIGHT - 4,
  );
  const points: Record<string, string | number | boolean | null>[] = [];
  for (const [index, arm] of arms.entries()) {
    const { colour, shape } = styles[index]!;
    captions.push({ x: width + 6, y: ys[index]!, text: endText[index]!, weight: 600, colour });
    const rowY = firstRow + index * TABLE_ROW;
    captions.push({
      x: inset - digits / 2 - GUTTER,
      y: rowY,
      text: tableText[index]!,
      align: 'right',
      weight: 600,
      colour,
    });
    for (const [position, visit] of places.entries()) {
      const row = at(arm.id, visit.id);
      const n = visit.baseline ? (results.atBaseline[arm.id] ?? 0) : (row?.denominator ?? 0);
      if (labels.words[position] !== '') {
        captions.push({ x: pixels(visit.day), y: rowY, text: String(n), align: 'center' });
      }
      if (visit.baseline && last[index])
        points.push({ arm: arm.id, day: visit.day, mean: 0, lower: null, upper: null });
      if (row?.estimate == null) continue;
      points.push({
        arm: arm.id,
        size: shape.size,
        day: visit.day + days(dodge(index)),
        mean: row.estimate,
        lower: row.lower,
        upper: row.upper,
      });
    }
  }

  const { color, shape, size, strokeDash } = armChannels(arms, styles);
  const x = {
    field: 'day',
    type: 'quantitative' as const,
    scale: { domain: [start - days(inset), end + days(inset)], nice: false, zero: false },
    axis: { title: null, values: places.map((visit) => visit.day), labels: false, ticks: true, tickSize: 4 },
  };
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [low, high], nice: false, zero: false },
    axis: { title: null, values: ticks, grid: true, format: `.${decimals}f` },
  };
  const layers: Layer[] = [
    {
      data: { values: [{ zero: 0, from: start - days(inset), to: end + days(inset) }] },
      mark: { type: 'rule', color: colours.axis, strokeWidth: 1.25 },
      encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' }, y: { ...y, field: 'zero' } },
    },
    {
      data: { values: points },
      mark: { type: 'line' },
      encoding: { x, y: { ...y, field: 'mean' }, color, strokeDash },
    },
    {
      data: { values: points.filter((point) => point.lower !== null) },
      mark: { type: 'rule', strokeWidth: 1.75, strokeCap: 'round' },
      encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' }, color },
    },
    {
      data: { values: points.filter((point) => point.day !== start) },
      mark: { type: 'point', stroke: colours.surface, strokeWidth: 1.5 },
      encoding: { x, y: { ...y, field: 'mean' }, color, shape, size },
    },
  ];
  const frame = { left, right, top, bottom, height: HEIGHT };
  return frameSpec(frame, [...layers, ...captionLayers(captions, options)], words, options);
}
