import type { Effect, SubgroupEffects } from '../subgroups.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, plotWidth } from './frame.ts';
import { levelText, roundTicks, signed } from './numbers.ts';
import { coloursOf } from './palette.ts';
import { bottomAxis, dots, linear, rules } from './pixels.ts';
import { effectText, pText, type SubgroupResults } from './subgroups.ts';
import { fitText, textWidth } from './text-width.ts';

const ROW = 23;
const TALL = 40;
const HEAD = 26;
const GAP = 14;
const GUTTER = 14;
const COLUMNS = 520;

type Row =
  | { kind: 'heading'; text: string }
  | { kind: 'factor'; text: string; p: number | null }
  | { kind: 'effect'; effect: Effect; overall: boolean };

/** Draws the forest; at least one contrast has an estimate. */
export function drawSubgroups(
  { effects, level }: SubgroupResults,
  comparison: (one: SubgroupEffects) => string,
  words: ChartWords,
  options: ChartOptions,
) {
  const colours = coloursOf(options.theme);
  const columns = options.width >= COLUMNS;
  const rows: Row[] = effects.flatMap((one) => [
    { kind: 'heading', text: comparison(one) },
    { kind: 'effect', effect: one.overall, overall: true },
    ...one.factors.flatMap((factor): Row[] => [
      { kind: 'factor', text: factor.label, p: factor.p },
      ...factor.levels.map((effect): Row => ({ kind: 'effect', effect, overall: false })),
    ]),
  ]);
  const all = effects.flatMap(({ overall, factors }) => [
    overall,
    ...factors.flatMap(({ levels }) => levels),
  ]);
  const heading = `Difference (${levelText(level)} CI)`;
  const interval = (effect: Effect) => effectText(effect) || 'too few to compare';
  const numbers = Math.ceil(
    Math.max(textWidth(heading), ...all.map((effect) => textWidth(interval(effect)))),
  );
  const labels = Math.ceil(
    Math.min(
      options.width * 0.3,
      Math.max(
        ...all.map(({ label }) => textWidth(label) + GUTTER),
        ...effects.map((one) => textWidth(comparison(one), 12, 600)),
      ),
    ),
  );
  const counts = Math.ceil(Math.max(...all.map(({ n }) => textWidth(n.join('/'))), textWidth('n')));
  const pWidth = Math.ceil(textWidth('P inter.'));
  const left = columns ? labels + counts + 2 * GUTTER : 18;
  const right = columns ? numbers + pWidth + 2 * GUTTER + 4 : 18;

  let y = 0;
  const placed = rows.map((row, index) => {
    if (row.kind === 'heading' && index > 0) y += GAP;
    const height = row.kind === 'heading' ? HEAD : row.kind === 'factor' || columns ? ROW : TALL;
    y += height;
    return { row, middle: y - height / 2, top: y - height, bottom: y };
  });
  const frame = { left, right, top: 0, bottom: 28, height: y + 2 };
  const width = plotWidth(options, frame);
  const limits = all.flatMap(({ lower, upper }) => [lower, upper].filter((one) => one !== null));
  const ticks = roundTicks(Math.min(0, ...limits), Math.max(0, ...limits), width < 200 ? 4 : 6, [1, 2, 5]);
  const x = linear(ticks[0]!, ticks.at(-1)!, 0, width);
  const start = -left;
  const edge = width + right;
  const at = { counts: -GUTTER, numbers: width + GUTTER + 4 };

  const captions: Caption[] = [];
  const intervals: Record<string, unknown>[] = [];
  const squares: Record<string, unknown>[] = [];
  const diamonds: Record<string, unknown>[] = [];
  for (const { row, middle } of placed) {
    if (row.kind === 'heading') {
      captions.push({
        x: start,
        y: middle,
        text: fitText(row.text, columns ? labels + 10 : width, 12, 600),
        weight: 600,
      });
      if (!columns) continue;
      captions.push({ x: at.counts, y: middle, text: 'n', align: 'right', colour: colours.ink3 });
      captions.push({ x: at.numbers, y: middle, text: heading, colour: colours.ink3 });
      captions.push({ x: edge, y: middle, text: 'P inter.', align: 'right', colour: colours.ink3 });
      continue;
    }
    if (row.kind === 'factor') {
      const p = columns ? pText(row.p) : row.p === null ? '' : `P for interaction ${pText(row.p)}`;
      captions.push({
        x: start,
        y: middle,
        text: fitText(row.text, columns ? left - GUTTER : width, 12, 600),
        weight: 600,
      });
      captions.push({
        x: edge,
        y: middle,
        text: p,
        align: 'right',
        colour: columns ? undefined : colours.ink3,
      });
      continue;
    }
    const { effect, overall } = row;
    const words = columns ? middle : middle - 9;
    const line = columns ? middle : middle + 9;
    const indent = overall ? 0 : GUTTER;
    const missing = effect.estimate === null ? colours.ink3 : undefined;
    const label = columns
      ? fitText(effect.label, labels - indent)
      : fitText(effect.label, edge - start - numbers - 24 - indent);
    captions.push({ x: start + indent, y: words, text: label, weight: overall ? 600 : 400 });
    if (columns)
      captions.push({
        x: at.counts,
        y: words,
        text: effect.n.join('/'),
        align: 'right',
        colour: colours.ink3,
      });
    captions.push(
      columns
        ? { x: at.numbers, y: words, text: interval(effect), colour: missing }
        : { x: edge, y: words, text: interval(effect), align: 'right', colour: missing },
    );
    if (effect.estimate === null) continue;
    const { estimate, lower, upper } = effect;
    intervals.push({
      label: effect.label,
      lower,
      upper,
      x: x(lower!),
      x2: x(upper!),
      y: line,
      y2: line,
      colour: colours.ink,
    });
    (overall ? diamonds : squares).push({
      label: effect.label,
      estimate,
      x: x(estimate),
      y: line,
      colour: colours.ink,
    });
  }
  const blocks = effects.map((one) => {
    const own = placed.findIndex(({ row }) => row.kind === 'heading' && row.text === comparison(one));
    const next = placed.findIndex(({ row }, index) => index > own && row.kind === 'heading');
    return { top: placed[own]!.bottom, bottom: placed[(next < 0 ? placed.length : next) - 1]!.bottom, one };
  });
  const grid = blocks.flatMap(({ top, bottom }) =>
    ticks.map((tick) => ({
      x: x(tick),
      x2: x(tick),
      y: top,
      y2: bottom,
      colour: tick === 0 ? colours.ink2 : colours.grid,
    })),
  );
  const dashes = blocks.flatMap(({ top, bottom, one }) =>
    one.overall.estimate === null
      ? []
      : [
          {
            x: x(one.overall.estimate),
            x2: x(one.overall.estimate),
            y: top,
            y2: bottom,
            colour: colours.axis,
          },
        ],
  );
  const decimals = Math.max(...ticks.map((tick) => (String(tick).split('.')[1] ?? '').length));
  const axis = bottomAxis(
    ticks.map((tick) => ({ at: x(tick), text: tick === 0 ? '0' : signed(tick, decimals) })),
    frame.height,
    [0, width],
    colours,
  );
  const layers: Layer[] = [
    rules(columns ? grid : grid.filter(({ colour }) => colour === colours.ink2)),
    rules(dashes, { strokeDash: [3, 3] }),
    rules([axis.line]),
    rules(intervals, { strokeWidth: 1.75, strokeCap: 'round' }),
    dots(squares, { shape: 'square', size: 64 }),
    dots(diamonds, { shape: 'diamond', size: 130 }),
  ];
  return frameSpec(
    frame,
    [...layers, ...captionLayers([...captions, ...axis.captions], options)],
    words,
    options,
  );
}
