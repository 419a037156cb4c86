import type { AnswerValue } from '../forms/contract.ts';
import type { Item } from '../instruments/document.ts';
import { cell, textCell } from './cells.ts';

/** Between the codes of a multiple choice, as between the codes of the dictionary. */
const BETWEEN = '|';

/** An answer as one cell: its code, number, day, time or text; codes joined with |; the name of a file. */
export function answerCell(item: Item, value: AnswerValue): string {
  if (Array.isArray(value)) return cell(inOrder(item, value).join(BETWEEN));
  if (typeof value === 'object') return textCell(value.name);
  return item.kind === 'text' ? textCell(String(value)) : cell(value);
}

/** What an answer means, as one cell: the anchors of its codes, the hash of a file; empty for what speaks for itself. */
export function labelCell(item: Item, value: AnswerValue): string {
  if (typeof value === 'object' && !Array.isArray(value)) return `sha256:${value.sha256}`;
  if (item.kind !== 'choice' && item.kind !== 'choices') return '';
  const codes = Array.isArray(value) ? inOrder(item, value) : [value];
  return textCell(
    codes.map((code) => item.options.find((option) => option.value === code)?.label ?? '').join(' | '),
  );
}

/** Codes in the order of the options, so that the same choice is always the same cell. */
function inOrder(item: Item, codes: readonly number[]): number[] {
  if (item.kind !== 'choices') return [...codes];
  const order = item.options.map(({ value }) => value);
  return [...codes].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}
