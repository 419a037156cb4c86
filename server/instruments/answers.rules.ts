import type { ItemValues } from '../forms/contract.ts';
import { judgeAnswer, type Verdict } from './answer.rules.ts';
import type { InstrumentDocument } from './document.ts';
import { answerOf, type MissingCode, pointsOf } from './score.rules.ts';
import { itemName, listed } from './wording.rules.ts';

export interface AnswerFinding extends Verdict {
  item: string;
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
    const finding = judgeAnswer(item, answer.value);
    if (finding) findings.push({ item: item.id, ...finding });
  }
  return findings;
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
