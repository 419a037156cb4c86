import type { Item } from '../instruments/document.ts';
import type { AnswerValue, ItemValue, ItemValues } from './contract.ts';

export interface Change {
  item: string;
  before: ItemValue | null;
  after: ItemValue | null;
}

/** Whether two answers are the same: same value, or missing for the same reason. */
export function sameAnswer(a: ItemValue | undefined, b: ItemValue | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if ('missing' in a || 'missing' in b) return 'missing' in a && 'missing' in b && a.missing === b.missing;
  return sameValue(a.value, b.value);
}

/** Whether two answers say the same: lists by their codes, files by what was uploaded. */
export function sameValue(a: AnswerValue, b: AnswerValue): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((code) => b.includes(code));
  if (typeof a === 'object' && typeof b === 'object' && !Array.isArray(a) && !Array.isArray(b))
    return a.file === b.file;
  return a === b;
}

/** The items whose answer differs, in the order of their first appearance. */
export function changesBetween(before: ItemValues, after: ItemValues): Change[] {
  const items = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return items
    .filter((item) => !sameAnswer(before[item], after[item]))
    .map((item) => ({ item, before: before[item] ?? null, after: after[item] ?? null }));
}

/** An answer in words: the anchor of its code, the number with its unit, or why it is missing. */
export function answerInWords(
  item: Item,
  answer: ItemValue,
  missingCodes: readonly { code: string; label: string }[],
): string {
  if ('missing' in answer)
    return missingCodes.find((code) => code.code === answer.missing)?.label ?? answer.missing;
  const { value } = answer;
  if (typeof value === 'object' && !Array.isArray(value)) return value.name;
  if (item.kind === 'choice' || item.kind === 'choices') {
    const codes = Array.isArray(value) ? value : [value];
    return codes
      .map((code) => {
        const option = item.options.find((one) => one.value === code);
        return option ? `${option.value} ${option.label}` : String(code);
      })
      .join('; ');
  }
  if ((item.kind === 'number' || item.kind === 'slider' || item.kind === 'calculated') && item.unit)
    return `${value} ${item.unit}`;
  return String(value);
}
