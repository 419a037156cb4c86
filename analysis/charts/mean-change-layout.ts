import type { DatasetVisit } from '../dataset.ts';
import { countText } from '../hidden.ts';
import type { ResultRow } from '../plan.ts';
import { isPooled } from '../validate.ts';
import type { ChartOptions } from './chart.ts';
import { plotHeight, plotWidth } from './frame.ts';
import type { MeanChangeResults } from './mean-change.ts';
import { decimal, decimalsFor, roundTicks } from './numbers.ts';
import { followUp, valuesOf } from './outcome.ts';
import { spread } from './spread.ts';
import { fitText, textWidth } from './text-width.ts';
import { timeLabels } from './time-labels.ts';

const HEIGHT = 172;
export const GUTTER = 12;
const LABEL_GAP = 15;
const TABLE_ROW = 17;
/** For the unit of bare numbers, “months”, after the last visit. */
const UNIT_ROOM = 44;

/** One arm's line: its words and where they stand, in pixels. */
export interface ArmLine {
  id: string;
  /** At the line's end; empty where the arm has no mean. */
  end: { x: number; y: number; text: string };
  /** Its row in the table of n. */
  row: { y: number; text: string };
  /** How far its points stand aside of the visit's day, in pixels and in days. */
  aside: { pixels: number; days: number };
  started: boolean;
}

export interface MeanChangeLayout {
  frame: { left: number; right: number; top: number; bottom: number; height: number };
  /** Of the plot. */
  width: number;
  /** The baseline and every visit after it, with its word on the axis (empty where there is no room) and its place. */
  visits: { visit: DatasetVisit; word: string; x: number }[];
  words: { y: number; unit: string | null };
  /** Of the table of n, and where it stands. */
  heading: { y: number; text: string };
  lines: ArmLine[];
  /** Where the table's labels end. */
  labelsEnd: number;
  /** Days, and the ends of the axis, a little further out. */
  start: number;
  domain: [number, number];
  ticks: number[];
  decimals: number;
}

/** Measures the chart of mean change for the width at hand; at least one row has an estimate. */
export function layOutMeanChange(
  results: MeanChangeResults,
  rows: readonly ResultRow[],
  options: ChartOptions,
): MeanChangeLayout {
  const { arms } = results;
  const height = plotHeight(options, HEIGHT);
  const pooled = isPooled(arms);
  const base = results.visits.findLast((visit) => visit.baseline);
  const visits = [...(base ? [base] : []), ...followUp(results)];
  const start = base?.day ?? 0;
  const finish = Math.max(start + 1, ...visits.map((visit) => visit.day));

  const values = valuesOf(rows);
  const ticks = roundTicks(Math.min(0, ...values), Math.max(0, ...values), 5);
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  const decimals = Math.max(...ticks.map((tick) => (String(tick).split('.')[1] ?? '').length));

  const lastVisit = arms.map((arm) =>
    followUp(results).findLast((visit) =>
      rows.some((row) => row.arm === arm.id && row.visit === visit.id && row.estimate !== null),
    ),
  );
  const lastMean = arms.map((arm, index) => {
    const row = rows.find((one) => one.arm === arm.id && one.visit === lastVisit[index]?.id);
    return row?.estimate ?? null;
  });
  const room = options.width * 0.26;
  const names = arms.map((arm) => fitText(arm.label, room, 12, 600));
  const endTexts = lastMean.map((mean, index) => {
    if (mean === null) return '';
    const text = decimal(mean, decimalsFor(values));
    return pooled ? text : `${names[index]} ${text}`;
  });
  const rowTexts = pooled ? ['n'] : names;

  const step = Math.min(6, 28 / arms.length);
  const asides = arms.map((_, index) => (index - (arms.length - 1) / 2) * step);
  const widestAside = asides.at(-1) ?? 0;
  const inset = Math.max(10, widestAside + 6);
  const digits = Math.max(
    ...rows.map((row) => textWidth(String(row.denominator ?? 0))),
    ...Object.values(results.atBaseline).map((n) => textWidth(countText(n))),
  );
  const labelsEnd = inset - digits / 2 - GUTTER;
  const left = Math.ceil(
    Math.max(
      ...ticks.map((tick) => textWidth(decimal(tick, decimals)) + GUTTER),
      ...rowTexts.map((text) => textWidth(text, 12, 600) - labelsEnd),
    ),
  );
  const right = Math.ceil(Math.max(UNIT_ROOM, ...endTexts.map((text) => textWidth(text, 12, 600)))) + 6;
  const width = plotWidth(options, { left, right });
  const scale = (width - 2 * inset) / (finish - start);
  const pixels = (day: number) => inset + (day - start) * scale;

  const { words, unit } = timeLabels(
    visits.map((visit) => ({ x: pixels(visit.day), label: visit.label })),
    digits,
  );
  const ends = lineEnds(
    lastVisit.map((visit, index) => ({
      x: visit === undefined || visit.day === finish ? width + 6 : pixels(visit.day) + widestAside + 11,
      y: ((high - (lastMean[index] ?? 0)) / (high - low)) * height,
      text: endTexts[index]!,
    })),
    height,
  );
  const wordsAt = height + 16;
  const headingAt = wordsAt + 24;
  const firstRow = headingAt + TABLE_ROW + 2;
  return {
    frame: {
      left,
      right,
      top: 8,
      bottom: firstRow - height + arms.length * TABLE_ROW - 8,
      height,
    },
    width,
    visits: visits.map((visit, index) => ({ visit, word: words[index]!, x: pixels(visit.day) })),
    words: { y: wordsAt, unit },
    heading: { y: headingAt, text: 'Participants with a score' },
    lines: arms.map((arm, index) => ({
      id: arm.id,
      end: ends[index]!,
      row: { y: firstRow + index * TABLE_ROW, text: rowTexts[index]! },
      aside: { pixels: asides[index]!, days: asides[index]! / scale },
      started: lastVisit[index] !== undefined,
    })),
    labelsEnd,
    start,
    domain: [start - inset / scale, finish + inset / scale],
    ticks,
    decimals,
  };
}

/** Moves labels apart that end at the same visit and would cover each other. */
function lineEnds(ends: ArmLine['end'][], height: number): ArmLine['end'][] {
  const moved = [...ends];
  for (const x of new Set(ends.map((end) => end.x))) {
    const group = ends.flatMap((end, index) => (end.x === x && end.text !== '' ? [index] : []));
    const places = spread(
      group.map((index) => ends[index]!.y),
      LABEL_GAP,
      4,
      height - 4,
    );
    for (const [order, index] of group.entries()) moved[index] = { ...ends[index]!, y: places[order]! };
  }
  return moved;
}
