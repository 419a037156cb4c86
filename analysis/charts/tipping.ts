import type { Chart, ChartOptions } from './chart.ts';
import { type Caption, captionLayers, emptySpec, frameSpec, type Layer, plotWidth } from './frame.ts';
import { levelText, plural, rounded, signed } from './numbers.ts';
import { coloursOf } from './palette.ts';
import { rectangles } from './pixels.ts';
import { textWidth } from './text-width.ts';

export interface TippingResults {
  /** The two arms of the contrast, and what is compared: “HAM-D17 at 12 months”. */
  first: string;
  second: string;
  label: string;
  level: number;
  /** The analysis repeated with points added to the imputed scores of each arm, penalties ascending. */
  cells: readonly { first: number; second: number; estimate: number; lower: number; upper: number }[];
}

const ROW = 32;
const FILLS = {
  light: { kept: '#CFE0F3', lost: '#F7DDC9' },
  dark: { kept: '#23415F', lost: '#5B3A1F' },
};

/** How bad missing scores would have to be before the conclusion is lost: bold cells keep it, barred ones lose it. */
export function tippingChart(results: TippingResults, options: ChartOptions): Chart {
  const { cells, first, second, level } = results;
  const words = {
    title: `Tipping point: ${results.label}, ${first} − ${second}`,
    subtitle: `Difference after points are added to imputed scores. Bold: the ${levelText(level)} CI excludes zero. Outlined: nothing added`,
  };
  const kept = cells.filter(excludesZero);
  const start = cells.find((cell) => cell.first === 0 && cell.second === 0);
  const origin = start ? ` With nothing added ${intervalText(start)}.` : '';
  const lost = cells
    .filter((cell) => !excludesZero(cell))
    .map((cell) => `${first} ${signed(cell.first)}, ${second} ${signed(cell.second)}: ${intervalText(cell)}`);
  const which = lost.length > 0 ? ` It includes zero at ${lost.join('; ')}.` : '';
  const description = `${words.title}.${origin} The interval excludes zero at ${kept.length} of ${plural(cells.length, 'penalty', 'penalties')}.${which}`;
  const spec =
    cells.length > 0
      ? draw(results, { ...words, description }, options)
      : emptySpec('Nothing is imputed.', { ...words, description }, options);
  return {
    ...words,
    description,
    spec,
    table: {
      columns: [
        { id: 'first', label: `Added in ${first}`, numeric: true },
        { id: 'second', label: `Added in ${second}`, numeric: true },
        { id: 'difference', label: 'Difference', numeric: true },
        { id: 'lower', label: `${levelText(level)} CI from`, numeric: true },
        { id: 'upper', label: 'to', numeric: true },
        { id: 'zero', label: 'Zero', numeric: false },
      ],
      rows: cells.map((cell) => ({
        first: cell.first,
        second: cell.second,
        difference: rounded(cell.estimate, 2),
        lower: rounded(cell.lower, 2),
        upper: rounded(cell.upper, 2),
        zero: excludesZero(cell) ? 'excluded' : 'included',
      })),
    },
  };
}

function excludesZero({ lower, upper }: { lower: number; upper: number }): boolean {
  return lower > 0 || upper < 0;
}

function intervalText({
  estimate,
  lower,
  upper,
}: {
  estimate: number;
  lower: number;
  upper: number;
}): string {
  return `${signed(estimate)} (${signed(lower)} to ${signed(upper)})`;
}

function draw(
  { cells, first, second }: TippingResults,
  words: Parameters<typeof frameSpec>[2],
  options: ChartOptions,
) {
  const colours = coloursOf(options.theme);
  const fills = FILLS[options.theme === 'dark' ? 'dark' : 'light'];
  const ascending = (values: number[]) => [...new Set(values)].sort((a, b) => a - b);
  const columns = ascending(cells.map((cell) => cell.first));
  const rows = ascending(cells.map((cell) => cell.second)).reverse();
  const left = Math.ceil(Math.max(...rows.map((row) => textWidth(signed(row, 0))))) + 34;
  const frame = { left, right: 4, top: 4, bottom: 44, height: rows.length * ROW };
  const width = plotWidth(options, frame);
  const step = width / columns.length;
  const tiles = cells.map((cell) => {
    const x = columns.indexOf(cell.first) * step;
    const y = rows.indexOf(cell.second) * ROW;
    const colour = excludesZero(cell) ? fills.kept : fills.lost;
    return { ...cell, x: x + 1, x2: x + step - 1, y: y + 1, y2: y + ROW - 1, colour };
  });
  const captions: Caption[] = [
    ...tiles.map((tile) => ({
      x: (tile.x + tile.x2) / 2,
      y: (tile.y + tile.y2) / 2,
      text: signed(tile.estimate),
      align: 'center' as const,
      weight: excludesZero(tile) ? (600 as const) : (400 as const),
    })),
    ...columns.map((column, index) => ({
      x: (index + 0.5) * step,
      y: frame.height + 14,
      text: column === 0 ? '0' : signed(column, 0),
      align: 'center' as const,
      colour: colours.ink3,
    })),
    ...rows.map((row, index) => ({
      x: -10,
      y: (index + 0.5) * ROW,
      text: row === 0 ? '0' : signed(row, 0),
      align: 'right' as const,
      colour: colours.ink3,
    })),
    {
      x: width / 2,
      y: frame.height + 34,
      text: `Points added to imputed scores, ${first}`,
      align: 'center',
      colour: colours.ink3,
    },
    {
      x: -left + 8,
      y: frame.height / 2,
      text: `Points added, ${second}`,
      align: 'center',
      angle: -90,
      colour: colours.ink3,
    },
  ];
  const origin = tiles.filter((tile) => tile.first === 0 && tile.second === 0);
  const layers: Layer[] = [
    rectangles(tiles, { cornerRadius: 2 }),
    rectangles(
      origin.map((tile) => ({ ...tile, colour: 'transparent' })),
      { stroke: colours.ink, strokeWidth: 2, cornerRadius: 2 },
    ),
  ];
  return frameSpec(frame, [...layers, ...captionLayers(captions, options)], words, options);
}
