import type { ItemValues } from '../forms/contract.ts';
import type { InstrumentDocument, Item } from './document.ts';
import { answerOf, type MissingCode, pointsOf } from './score.rules.ts';
import { itemName, listed } from './wording.rules.ts';

/** `impossible` can't be saved; `unexpected` can, with a reason that becomes a query. */
export interface AnswerFinding {
  item: string;
  kind: 'impossible' | 'unexpected';
  message: string;
}

/**
 * Holds the answers of a form against its instrument. Blank items are no finding: blank isn't wrong until the
 * form is to be complete (see `progress`).
 *
 * @param missingCodes the reasons of the protocol for which an answer may be missing
 */
export function checkValues(
  instrument: InstrumentDocument,
  values: ItemValues,
  missingCodes: readonly MissingCode[],
): AnswerFinding[] {
  const findings: AnswerFinding[] = [];
  for (const id of Object.keys(values)) {
    if (!instrument.items.some((item) => item.id === id)) {
      findings.push({ item: id, kind: 'impossible', message: `${instrument.short} has no item “${id}”.` });
    }
  }
  for (const item of instrument.items) {
    const answer = answerOf(values, item.id);
    if (!answer) continue;
    if ('missing' in answer) {
      if (missingCodes.some(({ code }) => code === answer.missing)) continue;
      const message = `${itemName(item)}: “${answer.missing}” is none of the protocol’s missing codes, ${listed(
        missingCodes.map(({ label }) => label),
        'or',
      )}.`;
      findings.push({ item: item.id, kind: 'impossible', message });
      continue;
    }
    const finding = checkAnswer(item, answer.value);
    if (finding) findings.push({ item: item.id, ...finding });
  }
  return findings;
}

type Verdict = Omit<AnswerFinding, 'item'> | null;

function checkAnswer(item: Item, value: number | string): Verdict {
  // “BDI total 64 is above…”, “Item 3: 7 is above…”
  const numbered = /^\d+$/.test(item.id);
  const name = numbered ? `${itemName(item)}:` : item.label;
  switch (item.kind) {
    case 'choice': {
      if (typeof value === 'number' && item.options.some((option) => option.value === value)) return null;
      const codes = item.options.map((option) => String(option.value));
      return impossible(`${name} ${shown(value)} is none of its codes, ${listed(codes, 'or')}.`);
    }
    case 'number':
      return checkNumber(item, value, name);
    case 'date':
      if (typeof value === 'string' && isDay(value)) return null;
      return impossible(`${name} ${shown(value)} is no date such as 2026-03-31.`);
    case 'text':
      if (typeof value !== 'string') return impossible(`${name} ${value} is a number; it takes text.`);
      if (value.length <= item.maxLength) return null;
      return impossible(`${name} has ${value.length} characters; it takes ${item.maxLength}.`);
  }
}

function checkNumber(item: Extract<Item, { kind: 'number' }>, value: number | string, name: string): Verdict {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return impossible(`${name} ${shown(value)} is no number.`);
  }
  if (value > item.max) return impossible(`${name} ${value} is above the maximum, ${item.max}.`);
  if (value < item.min) return impossible(`${name} ${value} is below the minimum, ${item.min}.`);
  if (item.integer && !Number.isInteger(value)) return impossible(`${name} ${value} is no whole number.`);
  const { min, max } = item.expect ?? {};
  const unit = item.unit ? ` ${item.unit}` : '';
  if (max !== undefined && value > max) {
    return {
      kind: 'unexpected',
      message: `${name} ${value} is more than expected, ${max}${unit}. Give a reason.`,
    };
  }
  if (min !== undefined && value < min) {
    return {
      kind: 'unexpected',
      message: `${name} ${value} is less than expected, ${min}${unit}. Give a reason.`,
    };
  }
  return null;
}

/** How far a form has come. An explicit missing code is an answer here; blank is none. */
export interface FormProgress {
  answered: number;
  items: number;
  /** Required items that are blank, in order: what stands between the form and "complete". */
  blank: string[];
}

/** "6 of 17 answered", over the required items. */
export function progress(instrument: InstrumentDocument, values: ItemValues): FormProgress {
  const required = instrument.items.filter((item) => item.required);
  const blank = required.filter((item) => !answerOf(values, item.id)).map(({ id }) => id);
  return { answered: required.length - blank.length, items: required.length, blank };
}

export interface SafetyHit {
  item: string;
  /** The code that was answered. */
  value: number;
  steps: string[];
}

/** The safety rules that the answers meet, whatever the total. */
export function safetyHits(instrument: InstrumentDocument, values: ItemValues): SafetyHit[] {
  return instrument.safety.flatMap(({ item: id, atLeast, steps }) => {
    const item = instrument.items.find((candidate) => candidate.id === id);
    const answer = answerOf(values, id);
    if (!item || !answer || !('value' in answer)) return [];
    const points = pointsOf(item, answer.value);
    return points !== null && points >= atLeast ? [{ item: id, value: Number(answer.value), steps }] : [];
  });
}

const impossible = (message: string): Verdict => ({ kind: 'impossible', message });
const shown = (value: number | string): string => (typeof value === 'string' ? `“${value}”` : String(value));

/** Whether the text is a day of the calendar, as YYYY-MM-DD. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
