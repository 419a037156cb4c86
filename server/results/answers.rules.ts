import type { InstrumentDocument } from '../instruments/document.ts';

/** How the answers to an instrument’s items are shown beside each other. */
export interface AnswerScale {
  items: { id: string; label: string; codes: ReadonlySet<number> }[];
  /** The mildest first; each holds the codes that count to it. */
  answers: { label: string; codes: ReadonlySet<number> }[];
  /** Answers before this one are mild. */
  split: number;
}

/** More codes than this are put together: a picture tells no more shades apart. */
const MOST = 5;
/** Items with more codes than this are measurements rather than answers. */
const LONGEST = 11;

type Item = InstrumentDocument['items'][number];
type Coded = { id: string; label: string; codes: { value: number; label: string | null }[] };

/**
 * The items that a score adds up, with their codes from mild to severe; null for an instrument without such items.
 * A code that adds something other than itself (“not assessed”) is no answer on the scale.
 */
export function answerScale(
  { items, scores }: Pick<InstrumentDocument, 'items' | 'scores'>,
  score: string,
): AnswerScale | null {
  const key = scores.find(({ id }) => id === score);
  if (!key) return null;
  const added =
    key.of === 'all'
      ? null
      : new Set(key.of.flatMap((part) => (typeof part === 'string' ? [part] : part.max)));
  const coded = items.filter(({ id }) => added === null || added.has(id)).flatMap(codesOf);
  if (coded.length === 0) return null;
  const codes = [...new Set(coded.flatMap((item) => item.codes.map(({ value }) => value)))].sort(
    (a, b) => a - b,
  );
  if (codes.length < 2 || codes.length > LONGEST) return null;
  if (key.better === 'higher') codes.reverse();
  const groups = grouped(codes);
  return {
    items: coded.map((item) => ({ ...item, codes: new Set(item.codes.map(({ value }) => value)) })),
    answers: groups.map((group) => ({ label: labelOf(group, coded), codes: new Set(group) })),
    split: Math.floor(groups.length / 2),
  };
}

function codesOf(item: Item): Coded[] {
  if (item.kind === 'choice') {
    const plain = item.options.filter(({ value, scores }) => scores === undefined || scores === value);
    return [{ id: item.id, label: item.label, codes: plain.map(({ value, label }) => ({ value, label })) }];
  }
  if (item.kind !== 'number' || !item.integer || item.max - item.min >= LONGEST) return [];
  const codes = Array.from({ length: item.max - item.min + 1 }, (_, index) => ({
    value: item.min + index,
    label: null,
  }));
  return [{ id: item.id, label: item.label, codes }];
}

/** One code each while there are few; else the mildest alone and the others in three groups. */
function grouped(codes: readonly number[]): number[][] {
  if (codes.length <= MOST) return codes.map((code) => [code]);
  const [first, ...rest] = codes as [number, ...number[]];
  const size = Math.ceil(rest.length / 3);
  return [[first], rest.slice(0, size), rest.slice(size, 2 * size), rest.slice(2 * size)].filter(
    (group) => group.length > 0,
  );
}

/** The anchor where every item has the same one for the code; else the code itself, or from which to which. */
function labelOf(group: readonly number[], items: readonly Coded[]): string {
  if (group.length > 1) return `${Math.min(...group)}–${Math.max(...group)}`;
  const anchors = new Set(
    items.map(({ codes }) => codes.find(({ value }) => value === group[0])?.label ?? null),
  );
  const [only] = anchors;
  return anchors.size === 1 && only ? only : String(group[0]);
}

/** How many gave each answer to each item; values that are no answer on the scale aren’t counted. */
export function countAnswers(
  { items, answers }: AnswerScale,
  forms: readonly { arm: string; values: Readonly<Record<string, unknown>> }[],
): Record<string, Record<string, number[]>> {
  const counts: Record<string, Record<string, number[]>> = {};
  for (const { arm, values } of forms) {
    counts[arm] ??= Object.fromEntries(items.map(({ id }) => [id, answers.map(() => 0)]));
    for (const item of items) {
      const { id } = item;
      const value = values[id] as number;
      const at = item.codes.has(value) ? answers.findIndex(({ codes }) => codes.has(value)) : -1;
      if (at >= 0) counts[arm][id]![at]! += 1;
    }
  }
  return counts;
}
