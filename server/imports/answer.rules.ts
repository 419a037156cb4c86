import type { ItemValue } from '../forms/contract.ts';
import type { Item } from '../instruments/document.ts';

/** How the cells of a column are read. */
export interface CellRule {
  codes?: Readonly<Record<string, string>>;
  missing?: Readonly<Record<string, string>>;
}

/** A cell as an answer; `null` is a blank item; a refusal says why in words. */
export type Read<T> = { value: T | null } | { refused: string };

/**
 * Reads a cell as the answer of an item. In this order: a missing code of the mapping; a blank cell, which is no
 * answer; a code of the mapping (a cell that it doesn't list is refused); the value itself. A formula is text like any
 * other. Whether the value is one that the item can have is for `checkValues`.
 */
export function readAnswer(item: Item, rule: CellRule, cell: string): Read<ItemValue> {
  const { missing = {}, codes } = rule;
  if (Object.hasOwn(missing, cell)) return { value: { missing: missing[cell]! } };
  if (cell === '') return { value: null };
  if (item.kind === 'choices') return readChoices(codes, cell);
  const coded = readCode(codes, cell);
  if (coded === null) return { refused: notListed(codes!, cell) };
  if (item.kind === 'text' || item.kind === 'date' || item.kind === 'time')
    return { value: { value: coded } };
  const number = readNumber(coded);
  return 'refused' in number ? number : { value: { value: number.value! } };
}

/** Codes of a multiple choice: `1|3` as exports write them, or the whole cell as the mapping lists it. */
function readChoices(codes: CellRule['codes'], cell: string): Read<ItemValue> {
  const value: number[] = [];
  for (const part of cell.split('|').map((one) => one.trim())) {
    const coded = readCode(codes, part);
    if (coded === null) return { refused: notListed(codes!, part) };
    const number = readNumber(coded);
    if ('refused' in number) return number;
    value.push(number.value!);
  }
  return { value: { value } };
}

/** The code that the mapping gives a cell; the cell itself where it lists none; null where this one isn't listed. */
export function readCode(codes: CellRule['codes'], cell: string): string | null {
  if (!codes) return cell;
  return Object.hasOwn(codes, cell) ? codes[cell]! : null;
}

/** A number with a point, such as 12, −3.5 or, as R writes it, 1e+05. */
export function readNumber(cell: string): Read<number> {
  if (/^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(cell)) {
    const value = Number(cell);
    if (Number.isFinite(value)) return { value };
  }
  if (/^[-+]?[\d.\s\u00a0]*,\d+$/.test(cell))
    return { refused: `“${cell}” has a comma; write numbers with a decimal point, such as 12.5.` };
  if (/^[=+@]/.test(cell)) return { refused: `“${cell}” is a formula or text; a number is wanted.` };
  return { refused: `“${cell}” is no number.` };
}

/** A calendar day written YYYY-MM-DD; nothing is guessed from 03/04/26. */
export function readDay(cell: string): Read<string> {
  if (cell === '') return { value: null };
  const time = /^\d{4}-\d{2}-\d{2}$/.test(cell) ? Date.parse(`${cell}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== cell)
    return { refused: `“${cell}” is no day; write it as YYYY-MM-DD, such as 2026-03-31.` };
  return { value: cell };
}

export function notListed(codes: Readonly<Record<string, string>>, cell: string): string {
  const listed = Object.keys(codes).slice(0, 20);
  return `“${cell}” is not among the codes of the mapping: ${listed.map((code) => `“${code}”`).join(', ')}.`;
}
