import type { DatasetArm } from '../dataset.ts';
import { lowerFirst } from '../lower-first.ts';
import { isPooled } from '../validate.ts';
import type { Chart, ChartOptions } from './chart.ts';
import {
  type Caption,
  captionLayers,
  emptySpec,
  frameSpec,
  type Layer,
  labelLines,
  plotWidth,
  said,
} from './frame.ts';
import { list, share } from './numbers.ts';
import { byArm } from './outcome.ts';
import { armStyles, coloursOf, leaningColours } from './palette.ts';
import { rectangles, rules } from './pixels.ts';
import { fitText, textWidth } from './text-width.ts';

export interface ItemResults {
  arms: readonly DatasetArm[];
  items: readonly { id: string; label: string }[];
  /** In order, the mildest first, at most three on either side; those before `split` lean to the left of the line. */
  answers: readonly string[];
  split: number;
  /** Arm → item → how many gave each answer. */
  counts: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
  label: string;
  visit: string;
}

const ROW = 24;
const TALL_ROW = 32;
const HEAD = 24;
const KEY = 20;
const AXIS = 20;
const GAP = 52;
const LEAST = 96;

/** Answers to each item, mild ones to the left of a line and severe ones to the right, one panel for each arm. */
export function itemsChart(results: ItemResults, options: ChartOptions): Chart {
  const { arms, items, answers, split } = results;
  const words = {
    title: byArm(`${results.label}: answers at ${results.visit}`, arms, options.masked),
    subtitle: `Share of those who answered. Right of the line: ${list(answers.slice(split).map(lowerFirst))}`,
  };
  const total = (arm: string, item: string) =>
    (results.counts[arm]?.[item] ?? []).reduce((sum, one) => sum + one, 0);
  const shares = (arm: string, item: string) =>
    answers.map((_, index) => {
      const of = total(arm, item);
      return of === 0 ? 0 : results.counts[arm]![item]![index]! / of;
    });
  const severe = (arm: string, item: string) =>
    (results.counts[arm]?.[item] ?? []).slice(split).reduce((sum, one) => sum + one, 0);
  const parts = items.map((item) => {
    const own = arms.map((arm) => {
      const of = total(arm.id, item.id);
      return of === 0 ? `${arm.label} no answers` : `${arm.label} ${share(severe(arm.id, item.id), of)}`;
    });
    return ` ${item.label}: ${list(own)}.`;
  });
  const description = `${words.title}. ${words.subtitle}.${parts.join('')}`;
  const known = arms.some((arm) => items.some((item) => total(arm.id, item.id) > 0));
  const spec = known
    ? draw(results, { shares, total }, { ...words, description }, options)
    : emptySpec('No answers yet.', { ...words, description }, options);
  return {
    ...words,
    description,
    spec,
    table: {
      columns: [
        { id: 'item', label: 'Item', numeric: false },
        { id: 'arm', label: 'Arm', numeric: false },
        ...answers.map((label, index) => ({ id: `answer${index}`, label, numeric: true })),
      ],
      rows: items.flatMap((item) =>
        arms.map((arm) => ({
          item: item.label,
          arm: arm.label,
          ...Object.fromEntries(
            answers.map((_, index) => [`answer${index}`, results.counts[arm.id]?.[item.id]?.[index] ?? 0]),
          ),
        })),
      ),
    },
  };
}

function draw(
  { arms, items, answers, split }: ItemResults,
  {
    shares,
    total,
  }: {
    shares: (arm: string, item: string) => number[];
    total: (arm: string, item: string) => number;
  },
  words: Parameters<typeof frameSpec>[2],
  options: ChartOptions,
) {
  const colours = coloursOf(options.theme);
  const styles = armStyles(arms, options);
  const fills = leaningColours(options.theme, split, answers.length - split);
  const left = Math.ceil(
    Math.min(
      options.width * (options.width < 440 ? 0.38 : 0.3),
      Math.max(...items.map(({ label }) => textWidth(said(options, label)))),
    ) + 12,
  );
  const row = items.some(({ label }) => textWidth(said(options, label)) > left - 12) ? TALL_ROW : ROW;
  const frame = { left, right: 14, top: 0, bottom: 26, height: 0 };
  const width = plotWidth(options, frame);
  const captions: Caption[] = [{ x: -left, y: 10, text: 'Answer', colour: colours.ink3 }];
  const tiles: Record<string, unknown>[] = [];
  const middles: Record<string, unknown>[] = [];
  let [at, line] = [Math.ceil(textWidth(said(options, 'Answer'))) + 14 - left, 0];
  for (const [index, text] of answers.entries()) {
    const room = textWidth(said(options, text)) + 34;
    if (at > -left && at + room - 16 > width) [at, line] = [-left, line + 1];
    const y = 10 + line * KEY;
    tiles.push({ x: at, x2: at + 11, y: y - 5.5, y2: y + 5.5, colour: fills[index]! });
    captions.push({ x: at + 17, y, text, colour: colours.ink2 });
    at += room;
  }
  const start = (line + 1) * KEY + 8;
  const across = Math.max(1, Math.min(arms.length, Math.floor((width + GAP) / (LEAST + GAP))));
  const panel = (width - GAP * (across - 1)) / across;
  const block = HEAD + items.length * row + AXIS + GAP;
  frame.height = start + Math.ceil(arms.length / across) * block - AXIS - GAP;
  const all = arms.flatMap((arm) => items.map((item) => shares(arm.id, item.id)));
  const sum = (values: number[]) => values.reduce((total, one) => total + one, 0);
  const quarter = (share: number) => Math.ceil(4 * share - 1e-9) / 4;
  const furthestLeft = quarter(Math.max(0.05, ...all.map((one) => sum(one.slice(0, split)))));
  const furthestRight = quarter(Math.max(0.05, ...all.map((one) => sum(one.slice(split)))));
  const unit = panel / (furthestLeft + furthestRight);
  const step = unit / 4 >= 36 ? 0.25 : 0.5;
  const marks = Array.from({ length: 2 / step + 1 }, (_, at) => at * step - 1).filter(
    (share) => share >= -furthestLeft - 1e-9 && share <= furthestRight + 1e-9,
  );
  const grid: Record<string, unknown>[] = [];
  for (const [index, arm] of arms.entries()) {
    const from = (index % across) * (panel + GAP);
    const top = start + Math.floor(index / across) * block;
    const zero = from + furthestLeft * unit;
    const answered = Math.max(0, ...items.map(({ id }) => total(arm.id, id)));
    const size = `n ${answered}`;
    const room = panel - textWidth(size) - 10;
    const name = isPooled(arms) ? 'All arms' : fitText(arm.label, room, 12, 600);
    captions.push({ x: from, y: top + 9, text: name, weight: 600, colour: styles[index]!.colour });
    captions.push({ x: from + textWidth(name, 12, 600) + 10, y: top + 9, text: size, colour: colours.ink3 });
    for (const [position, item] of items.entries()) {
      const y = top + HEAD + (position + 0.5) * row;
      if (index % across === 0)
        captions.push(...labelLines({ x: -12, y, text: item.label, align: 'right' }, left - 12, options));
      const own = shares(arm.id, item.id);
      let x = zero - sum(own.slice(0, split)) * unit;
      for (const [answer, share] of own.entries()) {
        if (share > 0)
          tiles.push({ share, x, x2: x + share * unit, y: y - 8, y2: y + 8, colour: fills[answer]! });
        x += share * unit;
      }
    }
    const bottom = top + HEAD + items.length * row;
    for (const share of marks.filter((one) => step < 0.5 || unit / 2 >= 40 || Math.abs(one) <= 0.5)) {
      const x = zero + share * unit;
      if (share !== 0) grid.push({ x, x2: x, y: top + HEAD - 2, y2: bottom + 2, colour: colours.grid });
      captions.push({
        x,
        y: bottom + 16,
        text: `${Math.abs(100 * share)}%`,
        align: 'center',
        colour: colours.ink3,
      });
    }
    grid.push({ x: from, x2: from + panel, y: bottom + 2, y2: bottom + 2, colour: colours.axis });
    middles.push({ x: zero, x2: zero, y: top + HEAD - 2, y2: bottom + 2, colour: colours.ink });
  }
  const layers: Layer[] = [rules(grid), rectangles(tiles), rules(middles, { strokeWidth: 1.25 })];
  return frameSpec(frame, [...layers, ...captionLayers(captions, options)], words, options);
}
