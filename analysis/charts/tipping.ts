import type { Chart, ChartOptions } from './chart.ts';
import { type Caption, captionLayers, emptySpec, frameSpec, type Layer, plotWidth, said } from './frame.ts';
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
  /** How each difference is estimated: “ANCOVA, 50 imputations”. */
  how?: string;
  /** Which way a score gets worse, for the axes. */
  worse?: 'higher' | 'lower';
  /** The analysis repeated with points added to the imputed scores of each arm, penalties ascending. */
  cells: readonly { first: number; second: number; estimate: number; lower: number; upper: number }[];
  /** In place of cells: that they are being computed, or why there are none. */
  without?: string;
}

const ROW = 32;
const KEY = 20;
/** So many cells are read out one by one. */
const NAMED = 12;
const FILLS = {
  light: { below: '#CFE0F3', within: '#EFF1F4', above: '#F7DDC9' },
  dark: { below: '#23415F', within: '#262D36', above: '#5B3A1F' },
};
/** What a cell's interval says of zero. */
const sideOf = ({ lower, upper }: { lower: number; upper: number }) =>
  upper < 0 ? 'below' : lower > 0 ? 'above' : 'within';

/** How bad missing scores would have to be before the conclusion is lost: bold cells keep it, barred ones lose it. */
export function tippingChart(results: TippingResults, options: ChartOptions): Chart {
  const { cells, first, second, level } = results;
  const words = {
    title: `Tipping point: ${results.label}, ${first} − ${second}`,
    subtitle: `Difference${results.how ? ` (${results.how})` : ''} after points are added to imputed scores. Bold: the ${levelText(level)} CI excludes zero`,
  };
  const kept = cells.filter(excludesZero);
  const start = cells.find((cell) => cell.first === 0 && cell.second === 0);
  const settled = start !== undefined && !excludesZero(start);
  const origin = start
    ? ` With nothing added ${intervalText(start)}${settled ? ', which includes zero already' : ''}.`
    : '';
  const lost = cells.filter((cell) => !excludesZero(cell));
  const named = lost.map(
    (cell) => `${first} ${signed(cell.first)}, ${second} ${signed(cell.second)}: ${intervalText(cell)}`,
  );
  const alone = lost
    .filter((cell) => cell.second === 0 && !settled)
    .sort((a, b) => Math.abs(a.first) - Math.abs(b.first))
    .slice(0, 1)
    .map(
      (cell) =>
        ` With nothing added in ${second}, it first includes zero at ${first} ${signed(cell.first)}: ${intervalText(cell)}.`,
    );
  const which =
    lost.length === 0
      ? ''
      : lost.length <= NAMED
        ? ` It includes zero at ${named.join('; ')}.`
        : alone.join('');
  const description =
    cells.length === 0
      ? `${words.title}. ${results.without ?? 'Nothing is imputed.'}`
      : `${words.title}.${origin} The interval excludes zero at ${kept.length} of ${plural(cells.length, 'penalty', 'penalties')}.${which}`;
  const spec =
    cells.length > 0
      ? draw(results, { ...words, description }, options)
      : emptySpec(results.without ?? 'Nothing is imputed.', { ...words, description }, options);
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

function draw(results: TippingResults, words: Parameters<typeof frameSpec>[2], options: ChartOptions) {
  const { cells, first, second, worse } = results;
  const colours = coloursOf(options.theme);
  const fills = FILLS[options.theme === 'dark' ? 'dark' : 'light'];
  const ascending = (values: number[]) => [...new Set(values)].sort((a, b) => a - b);
  const columns = ascending(cells.map((cell) => cell.first));
  const rows = ascending(cells.map((cell) => cell.second)).reverse();
  const left = Math.ceil(Math.max(...rows.map((row) => textWidth(signed(row, 0))))) + 34;
  const keys = legend(results, fills);
  const narrow = options.width < 440;
  const frame = { left, right: 4, top: 0, bottom: 44, height: rows.length * ROW };
  const width = plotWidth(options, frame);
  const step = width / columns.length;
  const tiles = cells.map((cell) => {
    const x = columns.indexOf(cell.first) * step;
    const y = rows.indexOf(cell.second) * ROW;
    const colour = fills[sideOf(cell)];
    return { ...cell, x: x + 1, x2: x + step - 1, y: y + 1, y2: y + ROW - 1, colour };
  });
  const places: { x: number; line: number }[] = [];
  let [at, line] = [-left, 0];
  for (const { text, weight } of keys) {
    const room = textWidth(said(options, text), 12, weight) + 36;
    if (at > -left && at + room - 18 > width) [at, line] = [-left, line + 1];
    places.push({ x: at, line });
    at += room;
  }
  frame.top = (line + 1) * KEY + 10;
  const swatches = keys.map(({ colour }, index) => {
    const { x, line: on } = places[index]!;
    const y = on * KEY - frame.top + 3;
    return { x: x + 1, x2: x + 13, y, y2: y + 12, colour: colour ?? 'transparent', origin: colour === null };
  });
  const named: Caption[] = keys.map(({ text, weight }, index) => ({
    x: places[index]!.x + 19,
    y: places[index]!.line * KEY - frame.top + 9,
    text,
    weight,
    colour: colours.ink2,
  }));
  const direction = (way: string) => (worse === undefined || narrow ? '' : ` (worse ${way})`);
  const up = worse === 'lower' ? 'down' : 'up';
  const across = worse === 'lower' ? 'to the left' : 'to the right';
  const captions: Caption[] = [
    ...named,
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
      text: `Points added${narrow ? '' : ' to imputed scores'}, ${first}${direction(across)}`,
      align: 'center',
      colour: colours.ink3,
    },
    {
      x: -left + 8,
      y: frame.height / 2,
      text: `Points added, ${second}${direction(up)}`,
      align: 'center',
      angle: -90,
      colour: colours.ink3,
    },
  ];
  const origin = tiles.filter((tile) => tile.first === 0 && tile.second === 0);
  const layers: Layer[] = [
    rectangles([...tiles, ...swatches.filter(({ origin }) => !origin)], { cornerRadius: 2 }),
    rectangles(
      [...origin, ...swatches.filter(({ origin }) => origin)].map((tile) => ({
        ...tile,
        colour: 'transparent',
      })),
      { stroke: colours.ink, strokeWidth: 2, cornerRadius: 2 },
    ),
  ];
  return frameSpec(frame, [...layers, ...captionLayers(captions, options)], words, options);
}

/** What the fills mean; an arm is favoured where it's known which way a score gets worse. */
function legend({ first, second, level, worse }: TippingResults, fills: (typeof FILLS)['light']) {
  const side = (way: 'below' | 'above') =>
    worse === undefined
      ? `${levelText(level)} CI ${way} zero`
      : `favours ${(way === 'below') === (worse === 'higher') ? first : second}`;
  return [
    { text: side('below'), colour: fills.below, weight: 600 as const },
    { text: `${levelText(level)} CI includes zero`, colour: fills.within, weight: 400 as const },
    { text: side('above'), colour: fills.above, weight: 600 as const },
    { text: 'nothing added', colour: null, weight: 400 as const },
  ];
}
