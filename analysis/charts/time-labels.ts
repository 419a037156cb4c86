import { textWidth } from './text-width.ts';

export interface TimeLabel {
  /** Pixels. */
  x: number;
  label: string;
}

const GAP = 8;
const UNIT = /^(\d+(?:\.\d+)?) (day|week|month|year)s?$/i;
const SHORT: Record<string, string> = { day: 'd', week: 'wk', month: 'mo', year: 'y' };

/**
 * Words for the visits of a real time axis, where early visits stand close together: in full if they fit, then with
 * short units (“Base”, “3 mo”), then as bare numbers. What still collides goes unlabelled, the last and the first
 * visit being the last to go; the table below the chart has them all.
 *
 * @param labels in time order
 * @param least room that each place needs, such as the numbers under it
 * @returns the words in the same order, empty where there is no room, and the unit of bare numbers
 */
export function timeLabels(
  labels: readonly TimeLabel[],
  least = 0,
): { words: string[]; unit: string | null } {
  const full = labels.map(({ label }) => label);
  if (clear(labels, full, least)) return { words: full, unit: null };
  const units = new Set(full.flatMap((label) => UNIT.exec(label)?.[2]?.toLowerCase() ?? []));
  const unit = units.size === 1 ? [...units][0]! : null;
  if (unit !== null) {
    const short = full.map((label) => shorten(label, ` ${SHORT[unit]}`));
    if (clear(labels, short, least)) return { words: short, unit: null };
    const bare = full.map((label) => shorten(label, ''));
    return { words: thin(labels, bare, least), unit: `${unit}s` };
  }
  return {
    words: thin(
      labels,
      full.map((label) => shorten(label, '')),
      least,
    ),
    unit: null,
  };
}

function shorten(label: string, unit: string): string {
  const match = UNIT.exec(label);
  if (match) return `${match[1]}${unit}`;
  return label === 'Baseline' ? 'Base' : label;
}

function half(word: string, least: number): number {
  return Math.max(textWidth(word), least) / 2;
}

function apart(a: TimeLabel, one: string, b: TimeLabel, two: string, least: number): boolean {
  return Math.abs(a.x - b.x) >= half(one, least) + half(two, least) + GAP;
}

function clear(labels: readonly TimeLabel[], words: readonly string[], least: number): boolean {
  return labels.every(
    (label, index) =>
      index === 0 || apart(labels[index - 1]!, words[index - 1]!, label, words[index]!, least),
  );
}

/** Keeps the last, then the first, then each in turn that has room beside those kept. */
function thin(labels: readonly TimeLabel[], words: readonly string[], least: number): string[] {
  const order = labels.map((_, index) => index);
  const kept: number[] = [];
  for (const index of [order.at(-1)!, ...order.slice(0, -1)]) {
    if (kept.every((other) => apart(labels[other]!, words[other]!, labels[index]!, words[index]!, least))) {
      kept.push(index);
    }
  }
  return words.map((word, index) => (kept.includes(index) ? word : ''));
}
