import type { AnswerValue, ItemValue, ItemValues, ScoreView } from '../forms/contract.ts';
import { smallInitial } from '../language/initial.rules.ts';
import { derive } from './derive.rules.ts';
import type { InstrumentDocument, Item, Score } from './document.ts';
import { isReading } from './kinds.rules.ts';
import { itemNames, listed } from './wording.rules.ts';

/**
 * Every score of an instrument, from the answers of one form.
 *
 * A score is a sum of components times a factor. A component is an item, or the highest of several (QIDS). A
 * blank item and one with an explicit missing code both count as missing here; neither ever counts as 0.
 * - Rule `none`: one missing item makes the score missing, and `why` says which.
 * - Rule `mean`: up to `atMost` missing items take the mean of the answered ones (PHQ-9: Instruction manual for
 *   the PHQ and GAD-7 measures; person-mean substitution). A value put in is held within its own item's range,
 *   so that a total never leaves its scale where items differ in range (HAM-D17). The result is unrounded and
 *   `prorated` is true.
 *
 * An answer that its item can't have makes the score missing under either rule: it is an error to be corrected,
 * not an item without an answer.
 *
 * @param protocol.bandSet id of the band set that the protocol chose; without it a score's only set applies, and
 *   of several none does
 * @param protocol.missingCodes for the words of `why`; a code that isn't among them is written as it is
 */
export function scoreForm(
  instrument: InstrumentDocument,
  answers: ItemValues,
  protocol: { bandSet?: string; missingCodes?: readonly MissingCode[] } = {},
): ScoreView[] {
  const { bandSet, missingCodes = [] } = protocol;
  const { values } = derive(instrument, answers);
  return instrument.scores.map((score) => {
    const { value, prorated, why } = computeScore(instrument, score, values, missingCodes);
    return {
      score: score.id,
      label: score.label,
      value,
      max: score.max,
      prorated,
      band: value === null ? null : bandOf(score, value, bandSet),
      why,
    };
  });
}

/** The items that a score is made of, in the instrument's order. */
export function itemsOfScore(instrument: InstrumentDocument, score: Score): Item[] {
  if (score.of === 'all') return instrument.items.filter((item) => !isReading(item));
  const ids = new Set(
    score.of.flatMap((component) => (typeof component === 'string' ? component : component.max)),
  );
  return instrument.items.filter((item) => ids.has(item.id));
}

/** The label of the band that a value falls in: the last whose `from` it reaches, so that 9.5 of 0–9, 10–14 is in the first. */
export function bandOf(score: Score, value: number, bandSet?: string): string | null {
  const set =
    bandSet === undefined && score.bands.length === 1
      ? score.bands[0]
      : score.bands.find(({ id }) => id === bandSet);
  return set?.cuts.filter(({ from }) => value >= from).at(-1)?.label ?? null;
}

/** Least and greatest number that an item can add to a score; null for an item that is no number. */
export function rangeOf(item: Item): { min: number; max: number } | null {
  if (item.kind === 'number' || item.kind === 'slider') return { min: item.min, max: item.max };
  if (
    item.kind === 'calculated' &&
    item.gives === 'number' &&
    item.min !== undefined &&
    item.max !== undefined
  )
    return { min: item.min, max: item.max };
  if (item.kind !== 'choice') return null;
  const points = item.options.map((option) => option.scores ?? option.value);
  return { min: Math.min(...points), max: Math.max(...points) };
}

/** What an answer adds to a score; null where it is none that the item can have. */
export function pointsOf(item: Item, answer: AnswerValue): number | null {
  if (typeof answer !== 'number') return null;
  if (item.kind === 'choice') {
    const option = item.options.find(({ value }) => value === answer);
    return option ? (option.scores ?? option.value) : null;
  }
  const range = rangeOf(item);
  if (!range || !(answer >= range.min && answer <= range.max)) return null;
  return item.kind === 'number' && item.integer && !Number.isInteger(answer) ? null : answer;
}

/** A reason of the protocol for which an answer may be missing. */
export interface MissingCode {
  code: string;
  label: string;
}

interface Computed {
  value: number | null;
  prorated: boolean;
  why: string | null;
}

function computeScore(
  instrument: InstrumentDocument,
  score: Score,
  values: ItemValues,
  codes: readonly MissingCode[],
): Computed {
  const items = itemsOfScore(instrument, score);
  const points = new Map<string, number>();
  const missing: string[] = [];
  const unusable: string[] = [];
  for (const item of items) {
    const answer = answerOf(values, item.id);
    const point = answer && 'value' in answer ? pointsOf(item, answer.value) : null;
    if (point !== null) points.set(item.id, point);
    else if (answer && 'value' in answer) unusable.push(item.id);
    else missing.push(item.id);
  }
  if (unusable.length > 0) {
    return none(`${itemNames(instrument, unusable)} ${have(unusable)} an answer that isn’t possible.`);
  }
  if (missing.length === 0) return { value: sum(instrument, score, points), prorated: false, why: null };

  const reasons = whyMissing(instrument, missing, values, codes);
  if (score.missing.rule === 'none') {
    return none(`${reasons}, and the protocol fills in nothing from other items.`);
  }
  const { atMost } = score.missing;
  if (missing.length > atMost || points.size === 0) {
    return none(`${reasons}; the protocol fills in at most ${atMost} of ${items.length}.`);
  }
  const mean = [...points.values()].reduce((a, b) => a + b, 0) / points.size;
  for (const item of items) {
    const range = rangeOf(item);
    if (!points.has(item.id) && range) points.set(item.id, Math.min(range.max, Math.max(range.min, mean)));
  }
  return { value: sum(instrument, score, points), prorated: true, why: null };
}

function sum(instrument: InstrumentDocument, score: Score, points: ReadonlyMap<string, number>): number {
  const components = score.of === 'all' ? itemsOfScore(instrument, score).map(({ id }) => id) : score.of;
  let total = 0;
  for (const component of components) {
    total +=
      typeof component === 'string'
        ? points.get(component)!
        : Math.max(...component.max.map((id) => points.get(id)!));
  }
  return total * score.times;
}

/** "Item 5 is refused", "Item 2 is refused and items 3 and 4 have no answer". */
function whyMissing(
  instrument: InstrumentDocument,
  missing: readonly string[],
  values: ItemValues,
  codes: readonly MissingCode[],
): string {
  const groups = new Map<string, string[]>();
  for (const id of missing) {
    const answer = answerOf(values, id);
    const code = answer && 'missing' in answer ? answer.missing : '';
    groups.set(code, [...(groups.get(code) ?? []), id]);
  }
  const phrases = [...groups].map(([code, ids], index) => {
    const names = itemNames(instrument, ids);
    const subject = index === 0 ? names : names.replace(/^Item/, 'item');
    if (code === '') return `${subject} ${have(ids)} no answer`;
    return `${subject} ${ids.length === 1 ? 'is' : 'are'} ${smallInitial(codes.find((known) => known.code === code)?.label ?? code)}`;
  });
  return listed(phrases);
}

const have = (ids: readonly string[]): string => (ids.length === 1 ? 'has' : 'have');

const none = (why: string): Computed => ({ value: null, prorated: false, why });

/** Own keys only: an item called "constructor" has no answer until someone gives one. */
export const answerOf = (values: ItemValues, id: string): ItemValue | undefined =>
  Object.hasOwn(values, id) ? values[id] : undefined;
