import type { AnswerValue } from '../forms/contract.ts';
import type { Item, ItemOf } from './document.ts';
import { itemName, listed } from './wording.rules.ts';

/** `impossible` stands against completing a form; `unexpected` needs a reason that becomes a query. */
export interface Verdict {
  kind: 'impossible' | 'unexpected';
  message: string;
}

/** Holds one answer against its item; null where there is nothing to say. */
export function judgeAnswer(item: Item, value: AnswerValue): Verdict | null {
  // “BDI total 64 is above…”, “Item 3: 7 is above…”
  const name = /^\d+$/.test(item.id) ? `${itemName(item)}:` : item.label;
  switch (item.kind) {
    case 'choice': {
      if (item.options.some((option) => option.value === value)) return null;
      return impossible(`${name} ${shown(value)} is none of its codes, ${codesOf(item)}.`);
    }
    case 'choices':
      return judgeChoices(item, value, name);
    case 'number':
    case 'slider':
      return judgeNumber(item, value, name);
    case 'date':
      if (typeof value === 'string' && isDateOf(item, value)) return null;
      return impossible(`${name} ${shown(value)} is no date such as ${examples(item)}.`);
    case 'time':
      if (typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)) return null;
      return impossible(`${name} ${shown(value)} is no time of day such as 08:30.`);
    case 'text':
      if (typeof value !== 'string')
        return impossible(`${name} ${shown(value)} is ${sortOf(value)}; it takes text.`);
      if (value.length <= item.maxLength) return null;
      return impossible(`${name} has ${value.length} characters; it takes ${item.maxLength}.`);
    case 'file':
      return judgeFile(item, value, name);
    case 'calculated':
      return impossible(`${name} is calculated from other answers; nothing is entered for it.`);
    case 'descriptive':
    case 'section':
      return impossible(`${name} is there to be read and takes no answer.`);
  }
}

function judgeChoices(item: ItemOf<'choices'>, value: AnswerValue, name: string): Verdict | null {
  if (!Array.isArray(value)) return impossible(`${name} ${shown(value)} is no list of its codes.`);
  const unknown = value.find((code) => !item.options.some((option) => option.value === code));
  if (unknown !== undefined) return impossible(`${name} ${unknown} is none of its codes, ${codesOf(item)}.`);
  if (new Set(value).size < value.length) return impossible(`${name} has a code twice.`);
  const alone = item.options.find((option) => option.exclusive && value.includes(option.value));
  if (!alone || value.length === 1) return null;
  return impossible(`${name}: “${alone.label}” can’t be chosen together with another answer.`);
}

function judgeNumber(
  item: ItemOf<'number'> | ItemOf<'slider'>,
  value: AnswerValue,
  name: string,
): Verdict | null {
  if (typeof value !== 'number' || !Number.isFinite(value))
    return impossible(`${name} ${shown(value)} is no number.`);
  if (value > item.max) return impossible(`${name} ${value} is above the maximum, ${item.max}.`);
  if (value < item.min) return impossible(`${name} ${value} is below the minimum, ${item.min}.`);
  if (item.kind === 'number' && item.integer && !Number.isInteger(value))
    return impossible(`${name} ${value} is no whole number.`);
  if (item.kind === 'slider' && !isStep(item, value))
    return impossible(`${name} ${value} is between two steps of the scale, which are ${item.step} apart.`);
  const { min, max } = item.expect ?? {};
  const unit = item.unit ? ` ${item.unit}` : '';
  if (max !== undefined && value > max)
    return unexpected(`${name} ${value} is more than expected, ${max}${unit}. Give a reason.`);
  if (min !== undefined && value < min)
    return unexpected(`${name} ${value} is less than expected, ${min}${unit}. Give a reason.`);
  return null;
}

/** Whether the value is a whole number of steps from the left end, up to what a sum of decimals loses. */
function isStep({ min, step }: ItemOf<'slider'>, value: number): boolean {
  const steps = (value - min) / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}

function judgeFile(item: ItemOf<'file'>, value: AnswerValue, name: string): Verdict | null {
  if (typeof value !== 'object' || Array.isArray(value))
    return impossible(`${name} ${shown(value)} is no uploaded file.`);
  if (!item.types.includes(value.type))
    return impossible(`${name}: ${value.name} is ${value.type}; it takes ${listed(item.types, 'or')}.`);
  if (value.size <= item.maxMegabytes * 1e6) return null;
  return impossible(
    `${name}: ${value.name} has ${(value.size / 1e6).toFixed(1)} MB; it takes ${item.maxMegabytes}.`,
  );
}

/** Whether the text is a day, or a month or year where the item takes those. */
function isDateOf(item: ItemOf<'date'>, text: string): boolean {
  if (/^\d{4}$/.test(text)) return item.partial?.includes('year') ?? false;
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return item.partial?.includes('month') ?? false;
  return isDay(text);
}

/** Whether the text is a day of the calendar, as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const examples = ({ partial = [] }: ItemOf<'date'>): string =>
  listed(
    [
      '2026-03-31',
      ...(partial.includes('month') ? ['2026-03'] : []),
      ...(partial.includes('year') ? ['2026'] : []),
    ],
    'or',
  );

const codesOf = ({ options }: ItemOf<'choice'> | ItemOf<'choices'>): string =>
  listed(
    options.map((option) => String(option.value)),
    'or',
  );

const sortOf = (value: AnswerValue): string =>
  typeof value === 'number' ? 'a number' : Array.isArray(value) ? 'a list' : 'a file';

const impossible = (message: string): Verdict => ({ kind: 'impossible', message });
const unexpected = (message: string): Verdict => ({ kind: 'unexpected', message });

function shown(value: AnswerValue): string {
  if (typeof value === 'string') return `“${value}”`;
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'number' ? String(value) : value.name;
}
