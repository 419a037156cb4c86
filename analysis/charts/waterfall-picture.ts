import { isPooled } from '../validate.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, plotHeight, plotWidth, said } from './frame.ts';
import { roundTicks, signed } from './numbers.ts';
import { armStyles, coloursOf, leaningColours } from './palette.ts';
import { linear, rectangles, rules } from './pixels.ts';
import { fitText, textWidth } from './text-width.ts';
import type { WaterfallBar, WaterfallResults } from './waterfall.ts';

const HEIGHT = 232;
const HEAD = 26;
const GAP = 18;
const LEAST = 130;
const KEY_LINE = 20;

/** Draws the bars; somebody's change is known. */
export function drawWaterfall(
  { arms, changes, response, better }: WaterfallResults,
  bars: readonly WaterfallBar[][],
  words: ChartWords,
  options: ChartOptions,
) {
  const colours = coloursOf(options.theme);
  const styles = armStyles(arms, options);
  const [best, middling, worse] = leaningColours(options.theme, 2, 1) as [string, string, string];
  const fills = { response: best, some: middling, none: worse };
  const way = better === 'lower' ? '−' : '+';
  const names = [
    ...(response === undefined
      ? []
      : [{ text: `Response (${way}${Math.round(100 * response)}% or more)`, fill: best }]),
    { text: response === undefined ? 'Improved' : 'Some improvement', fill: middling },
    { text: 'No change or worse', fill: worse },
  ];
  const shares = bars.flatMap((one) => one.map((bar) => 100 * bar.share));
  // Beyond a doubling a bar is cut, so that one outlier doesn't flatten everybody else.
  const kept = (value: number) => Math.max(-100, Math.min(100, value));
  const ticks = roundTicks(
    Math.min(0, ...shares.map(kept)),
    Math.max(0, ...shares.map(kept)),
    7,
    [1, 2, 2.5, 5],
  );
  const label = (tick: number) => (tick === 0 ? '0%' : `${signed(tick, 0)}%`);
  const left = Math.ceil(Math.max(...ticks.map((tick) => textWidth(label(tick))))) + 10;
  const frame = { left, right: 4, top: 0, bottom: 8, height: 0 };
  const width = plotWidth(options, frame);
  const captions: Caption[] = [];
  const marks: Record<string, unknown>[] = [];
  let [at, line] = [-left, 0];
  for (const { text, fill } of names) {
    const room = textWidth(said(options, text)) + 34;
    if (at > -left && at + room - 16 > width) [at, line] = [-left, line + 1];
    const y = 10 + line * KEY_LINE;
    marks.push({ x: at, x2: at + 11, y: y - 5.5, y2: y + 5.5, colour: fill });
    captions.push({ x: at + 17, y, text, colour: colours.ink2 });
    at += room;
  }
  const start = (line + 1) * KEY_LINE + 10;
  const across = Math.max(1, Math.min(arms.length, 4, Math.floor((width + GAP) / (LEAST + GAP))));
  const panel = (width - GAP * (across - 1)) / across;
  const height = plotHeight(options, HEIGHT);
  const block = HEAD + height + GAP;
  frame.height = start + Math.ceil(arms.length / across) * block - GAP;
  const most = Math.max(...bars.map((one) => one.length));
  const step = Math.min(14, panel / most);
  const title = (arm: (typeof arms)[number]) => (isPooled(arms) ? 'All arms' : arm.label);
  const short = changes.map((change) => `${change.missing} missing`);
  const whole = changes.map(
    (change, index) => `${change.missing} of ${bars[index]!.length + change.missing} missing`,
  );
  const roomy = arms.every(
    (arm, index) => textWidth(title(arm), 12, 600) + 8 + textWidth(said(options, whole[index]!)) <= panel,
  );
  const grid: Record<string, unknown>[] = [];
  const limits: Record<string, unknown>[] = [];
  for (const [index, arm] of arms.entries()) {
    const from = (index % across) * (panel + GAP);
    const top = start + Math.floor(index / across) * block;
    const y = linear(ticks[0]!, ticks.at(-1)!, top + HEAD + height, top + HEAD);
    const missing = (roomy ? whole : short)[index]!;
    const name = fitText(title(arm), panel - textWidth(missing) - 8, 12, 600);
    captions.push({ x: from, y: top + 8, text: name, weight: 600, colour: styles[index]!.colour });
    captions.push({
      x: from + textWidth(name, 12, 600) + 8,
      y: top + 8,
      text: missing,
      colour: colours.ink3,
    });
    for (const tick of ticks) {
      const colour = tick === 0 ? colours.ink2 : colours.grid;
      grid.push({ x: from, x2: from + panel, y: y(tick), y2: y(tick), colour });
      if (index % across === 0)
        captions.push({ x: -8, y: y(tick), text: label(tick), align: 'right', colour: colours.ink3 });
    }
    if (response !== undefined) {
      const limit = y((better === 'lower' ? -100 : 100) * response);
      limits.push({ x: from, x2: from + panel, y: limit, y2: limit, colour: colours.ink2 });
    }
    const gap = step > 3 ? 0.8 : 0;
    for (const [order, bar] of bars[index]!.entries())
      marks.push({
        share: bar.share,
        x: from + order * step,
        x2: from + (order + 1) * step - gap,
        y: y(0),
        y2: y(kept(100 * bar.share)),
        colour: fills[bar.kind],
      });
  }
  const layers: Layer[] = [rules(grid), rectangles(marks), rules(limits, { strokeDash: [3, 3] })];
  return frameSpec(frame, [...layers, ...captionLayers(captions, options)], words, options);
}
