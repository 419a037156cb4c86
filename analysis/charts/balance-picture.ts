import { armChannels } from './arm-channels.ts';
import type { BalanceResults } from './balance.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, labelLines, plotWidth, said } from './frame.ts';
import { roundTicks, signed } from './numbers.ts';
import { armStyles, coloursOf } from './palette.ts';
import { AXIS_ROOM, across, bottomAxis, linear, rectangles, rules } from './pixels.ts';
import { textWidth } from './text-width.ts';

const ROW = 30;
const KEY_LINE = 20;
const GUTTER = 14;

/** Draws the plot; at least one difference is known. */
export function drawBalance(
  { arms, rows }: BalanceResults,
  chance: number,
  words: ChartWords,
  options: ChartOptions,
) {
  const colours = coloursOf(options.theme);
  const styles = armStyles(arms, options);
  const labels = [...new Set(rows.map(({ label }) => label))];
  const left = Math.ceil(
    Math.min(
      options.width * (options.width < 440 ? 0.46 : 0.34),
      Math.max(...labels.map((label) => textWidth(said(options, label)))),
    ) + GUTTER,
  );
  const compared = [...new Set(rows.map(({ arm }) => arm))];
  const name = (id: string) => arms.find((arm) => arm.id === id)?.label ?? id;
  const versus = name(rows[0]!.versus);
  const legend = legendOf(
    compared.map((arm) => ({
      arm,
      text: `${name(arm)} − ${versus}`,
      style: styles[arms.findIndex(({ id }) => id === arm)]!,
    })),
    left,
    options.width - 32,
  );
  const key = legend.at(-1)!.y + 20;
  const height = key + labels.length * ROW;
  const frame = { left, right: 22, top: 0, bottom: AXIS_ROOM.titled, height };
  const width = plotWidth(options, frame);
  const furthest = Math.max(chance, ...rows.map((row) => Math.abs(row.difference ?? 0)));
  const ticks = roundTicks(-furthest, furthest, width < 260 ? 4 : 8, [1, 2, 5]);
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  const x = linear(low, high, 0, width);
  const middle = (label: string) => key + (labels.indexOf(label) + 0.5) * ROW;

  const captions: Caption[] = labels.flatMap((label) =>
    labelLines({ x: -GUTTER, y: middle(label), text: label, align: 'right' }, left - GUTTER, options),
  );
  const keys = legend.map(({ arm, style, x, y }) => ({ arm, size: style.shape.size, x: x + 6, y }));
  captions.push(
    ...legend.map(({ text, style, x, y }) => ({
      x: x + 17,
      y,
      text,
      weight: 600 as const,
      colour: style.colour,
    })),
  );
  const decimals = Math.max(...ticks.map((tick) => (String(tick).split('.')[1] ?? '').length));
  const axis = bottomAxis(
    ticks.map((tick) => ({ at: x(tick), text: tick === 0 ? '0' : signed(tick, decimals) })),
    height,
    [0, width],
    colours,
    'Standardised mean difference',
  );
  // Two arms that stand in the same place are set a little apart.
  const step = compared.length > 1 ? Math.min(6, 14 / (compared.length - 1)) : 0;
  const points = rows.flatMap((row) => {
    if (row.difference === null) return [];
    const order = compared.indexOf(row.arm);
    const style = styles[arms.findIndex(({ id }) => id === row.arm)]!;
    const y = middle(row.label) + (order - (compared.length - 1) / 2) * step;
    return [
      {
        arm: row.arm,
        size: style.shape.size,
        covariate: row.label,
        difference: row.difference,
        x: x(row.difference),
        y,
      },
    ];
  });
  const { color, shape, size } = armChannels(arms, styles);
  const encoding = { x: across('x'), y: across('y'), color, shape, size };
  const layers: Layer[] = [
    rectangles([{ x: x(-chance), x2: x(chance), y: key, y2: height, colour: colours.sunken }]),
    rules([
      ...labels.map((label) => ({
        x: 0,
        x2: width,
        y: middle(label),
        y2: middle(label),
        colour: colours.grid,
      })),
      { x: x(0), x2: x(0), y: key, y2: height, colour: colours.ink2 },
      axis.line,
    ]),
    {
      data: { values: [...keys, ...points] },
      mark: { type: 'point', stroke: colours.surface, strokeWidth: 1.5 },
      encoding,
    },
  ];
  return frameSpec(
    frame,
    [...layers, ...captionLayers([...captions, ...axis.captions], options)],
    words,
    options,
  );
}

/** Which arm is which, in as many lines as it takes: from the plot's edge if they fit there, else from the picture's. */
function legendOf<Entry extends { text: string }>(
  entries: readonly Entry[],
  left: number,
  width: number,
): (Entry & { x: number; y: number })[] {
  const widths = entries.map(({ text }) => textWidth(text, 12, 600) + 32);
  const inPlot = left + widths.reduce((sum, one) => sum + one, 0) <= width;
  const start = inPlot ? 0 : -left;
  let [x, line] = [start, 0];
  return entries.map((entry, index) => {
    if (x > start && x + widths[index]! > width - left) [x, line] = [start, line + 1];
    const placed = { ...entry, x, y: 10 + line * KEY_LINE };
    x += widths[index]!;
    return placed;
  });
}
