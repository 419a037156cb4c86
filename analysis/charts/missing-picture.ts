import { isPooled } from '../validate.ts';
import type { ChartOptions, ChartWords } from './chart.ts';
import { type Caption, captionLayers, frameSpec, type Layer, labelLines, plotWidth, said } from './frame.ts';
import { type MissingResults, patternLabel } from './missing.ts';
import { percent, share } from './numbers.ts';
import { armStyles, coloursOf } from './palette.ts';
import { dots, linear, rectangles, rules } from './pixels.ts';
import { fitText, textWidth } from './text-width.ts';
import { timeLabels } from './time-labels.ts';

const ROW = 30;
const HEAD = 40;
const GAP = 18;
/** Patterns that are drawn; the table has them all. */
const MOST = 10;

/** Draws the patterns; there is at least one. */
export function drawMissing(
  { arms, visits, patterns, randomised }: MissingResults,
  words: ChartWords,
  options: ChartOptions,
) {
  const colours = coloursOf(options.theme);
  const styles = armStyles(arms, options);
  const shown = patterns.slice(0, MOST);
  const labels = shown.map((pattern) => said(options, patternLabel(pattern, visits)));
  const widest = Math.max(...labels.map((label) => textWidth(label)));
  const step = Math.max(30, Math.min(54, (options.width * 0.3) / visits.length));
  const named = options.width >= 600;
  const left = named ? Math.ceil(Math.min(widest, options.width * 0.2)) + GAP : 0;
  const frame = {
    left,
    right: 0,
    top: 0,
    bottom: shown.length < patterns.length ? 24 : 4,
    height: 0,
  };
  const width = plotWidth(options, frame);
  const middle = (index: number) => HEAD + (index + 0.5) * ROW;
  const column = (index: number) => step * (index + 0.5);
  const start = step * visits.length + GAP;
  // With more arms than fit abreast, they go on below.
  const least = Math.min(110, Math.max(56, ...arms.map(({ label }) => textWidth(label, 12, 600))));
  const abreast = Math.max(1, Math.min(arms.length, Math.floor((width - start + GAP) / (least + GAP))));
  const panel = (width - start - GAP * (abreast - 1)) / abreast;
  const block = HEAD + shown.length * ROW;
  const tops = Array.from({ length: Math.ceil(arms.length / abreast) }, (_, index) => index * (block + GAP));
  frame.height = tops.at(-1)! + block;
  const texts = (arm: string) =>
    shown.map((pattern) => {
      const count = pattern.counts[arm]!;
      const of = randomised[arm]!;
      if (of === 0) return '–';
      return panel < 84
        ? String(count)
        : panel < 170
          ? `${count} (${percent(count / of)})`
          : share(count, of);
    });
  const reserve = Math.ceil(
    Math.max(...arms.flatMap((arm) => texts(arm.id).map((text) => textWidth(text)))) + 6,
  );
  const largest = Math.max(
    ...arms.flatMap((arm) => shown.map((one) => one.counts[arm.id]! / Math.max(1, randomised[arm.id]!))),
  );
  const bar = linear(0, largest, 0, Math.max(8, panel - reserve));

  const { words: heads } = timeLabels(visits.map(({ label }, index) => ({ x: column(index), label })));
  const captions: Caption[] = tops.flatMap((top) =>
    heads.map((text, index) => ({
      x: column(index),
      y: top + HEAD - 14,
      text,
      align: 'center' as const,
      colour: colours.ink3,
    })),
  );
  const headings = arms.map((arm) => (isPooled(arms) ? 'All arms' : fitText(arm.label, panel, 12, 600)));
  // How many there are stands beside every name, or under every name.
  const beside = arms.every(
    (arm, order) => textWidth(headings[order]!, 12, 600) + 7 + textWidth(`n ${randomised[arm.id]!}`) <= panel,
  );
  const bars: Record<string, unknown>[] = [];
  for (const [order, arm] of arms.entries()) {
    const from = start + (order % abreast) * (panel + GAP);
    const top = tops[Math.floor(order / abreast)]!;
    const heading = headings[order]!;
    captions.push({
      x: from,
      y: top + HEAD - (beside ? 14 : 29),
      text: heading,
      weight: 600,
      colour: styles[order]!.colour,
    });
    const n = { text: `n ${randomised[arm.id]!}`, colour: colours.ink3 };
    captions.push(
      beside
        ? { ...n, x: from + textWidth(heading, 12, 600) + 7, y: top + HEAD - 14 }
        : { ...n, x: from, y: top + HEAD - 14 },
    );
    for (const [index, text] of texts(arm.id).entries()) {
      const length = bar(shown[index]!.counts[arm.id]! / Math.max(1, randomised[arm.id]!));
      const y = top + middle(index);
      if (length > 0)
        bars.push({ x: from, x2: from + length, y: y - 8, y2: y + 8, colour: styles[order]!.colour });
      captions.push({
        x: from + length + 6,
        y,
        text,
        colour: randomised[arm.id] === 0 ? colours.ink3 : colours.ink,
      });
    }
  }
  if (named) {
    captions.push(
      ...tops.flatMap((top) =>
        labels.flatMap((text, index) =>
          labelLines({ x: -GAP, y: top + middle(index), text, align: 'right' }, left - GAP, options),
        ),
      ),
    );
  }
  if (shown.length < patterns.length) {
    const rest = patterns.slice(MOST);
    const people = rest.reduce((sum, { total }) => sum + total, 0);
    const text = `${rest.length} rarer patterns of ${people} participants are in the table`;
    captions.push({ x: -left, y: frame.height + 14, text, colour: colours.ink3 });
  }
  const placed = tops.flatMap((top) => shown.map((pattern, index) => ({ pattern, y: top + middle(index) })));
  const marks = placed.flatMap(({ pattern, y }) =>
    pattern.visits.map((state, visit) => ({
      state,
      x: column(visit),
      y,
      colour: state === 'missing' ? colours.surface : state === 'present' ? colours.ink : colours.ink3,
    })),
  );
  const joined = placed.map(({ y }) => ({
    x: column(0),
    x2: column(visits.length - 1),
    y,
    y2: y,
    colour: colours.grid,
  }));
  const layers: Layer[] = [
    rules(joined, { strokeWidth: 2 }),
    dots(
      marks.filter(({ state }) => state !== 'to-come'),
      { size: 120, stroke: colours.ink, strokeWidth: 1.5 },
    ),
    dots(
      marks.filter(({ state }) => state === 'to-come'),
      { size: 18, strokeWidth: 0 },
    ),
    rectangles(bars, { cornerRadius: 1 }),
  ];
  return frameSpec(frame, [...layers, ...captionLayers(captions, options)], words, options);
}
