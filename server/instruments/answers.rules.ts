import type { ItemValues } from '../forms/contract.ts';
import { judgeAnswer, type Verdict } from './answer.rules.ts';
import { compile, compileCheck } from './compiled.rules.ts';
import { type Derived, derive, type Facts, type FormName } from './derive.rules.ts';
import type { InstrumentDocument, StudyCheck } from './document.ts';
import { evaluate, nameOf } from './expressions/rules.ts';
import { takesAnswer } from './kinds.rules.ts';
import { answerOf, type MissingCode, pointsOf } from './score.rules.ts';
import { itemName, listed } from './wording.rules.ts';

export interface AnswerFinding extends Verdict {
  /** Where the message stands; null for the date of assessment. */
  item: string | null;
  /** Under which a reason is given: the item, or the check. */
  key: string;
  /** The items that it is about. */
  about: readonly string[];
}

/** What surrounds the answers of one form. */
export interface Surroundings {
  facts?: Facts;
  place?: FormName;
  /** The study's checks, of which those that name this form apply. */
  checks?: readonly StudyCheck[];
}

/**
 * Holds the answers of a form against its instrument and the checks. Blank items are no finding: blank isn't wrong
 * until the form is to be complete (see `progress`). An answer to an item that doesn't apply is impossible: it is kept
 * until somebody clears it, and never dropped by itself.
 *
 * @param missingCodes the reasons of the protocol for which an answer may be missing
 */
export function checkValues(
  instrument: InstrumentDocument,
  values: ItemValues,
  missingCodes: readonly MissingCode[],
  around: Surroundings = {},
): AnswerFinding[] {
  const derived = derive(instrument, values, around.facts, around.place);
  const findings = judgeAnswers(instrument, values, missingCodes).filter(
    ({ item }) => item === null || derived.applies(item),
  );
  for (const item of instrument.items)
    if (answerOf(values, item.id) && !derived.applies(item.id)) {
      const message = `${itemName(item)} doesn’t apply with the other answers. Clear it, or look at those again.`;
      findings.push({ item: item.id, key: item.id, about: [item.id], kind: 'impossible', message });
    }
  return [...findings, ...failedChecks(instrument, derived, around)];
}

/** Holds each answer against its own item, and nothing else. */
export function judgeAnswers(
  instrument: InstrumentDocument,
  values: ItemValues,
  missingCodes: readonly MissingCode[],
): AnswerFinding[] {
  const findings: AnswerFinding[] = [];
  const add = (item: string, verdict: Verdict) =>
    findings.push({ item, key: item, about: [item], ...verdict });
  for (const id of Object.keys(values)) {
    if (!instrument.items.some((item) => item.id === id))
      add(id, { kind: 'impossible', message: `${instrument.short} has no item “${id}”.` });
  }
  for (const item of instrument.items) {
    const answer = answerOf(values, item.id);
    if (!answer) continue;
    if ('missing' in answer && takesAnswer(item)) {
      if (missingCodes.some(({ code }) => code === answer.missing)) continue;
      const message = `${itemName(item)}: “${answer.missing}” is none of the protocol’s missing codes, ${listed(
        missingCodes.map(({ label }) => label),
        'or',
      )}.`;
      add(item.id, { kind: 'impossible', message });
      continue;
    }
    const verdict = judgeAnswer(item, 'value' in answer ? answer.value : answer.missing);
    if (verdict) add(item.id, verdict);
  }
  return findings;
}

/** The checks that apply and don't hold; each has its message once, at the first item that it is about. */
function failedChecks(
  instrument: InstrumentDocument,
  derived: Derived,
  { checks = [], place }: Surroundings,
): AnswerFinding[] {
  const { byName, checks: own } = compile(instrument);
  const prefix = place ? `${nameOf(place.visit)}.${nameOf(place.instrument)}.` : null;
  const touching = checks
    .map(compileCheck)
    .filter(({ names }) => prefix !== null && names.some((name) => name.startsWith(prefix)));
  return [...own, ...touching].flatMap(({ check, when, that, names }): AnswerFinding[] => {
    if (when && evaluate(when, derived.read) !== true) return [];
    if (evaluate(that, derived.read) !== false) return [];
    const items = names.flatMap((name) => {
      const item = byName.get(prefix && name.startsWith(prefix) ? name.slice(prefix.length) : name);
      return item ? [item.id] : [];
    });
    return [
      {
        item: check.items?.[0] ?? items[0] ?? null,
        key: check.id,
        about: items,
        kind: check.severity === 'hard' ? 'impossible' : 'unexpected',
        message: check.message,
      },
    ];
  });
}

/** How far a form has come. An explicit missing code is an answer here; blank is none. */
export interface FormProgress {
  answered: number;
  items: number;
  /** Required items that are blank, in order: what stands between the form and "complete". */
  blank: string[];
}

/** "6 of 17 answered", over the required items that apply. */
export function progress(
  instrument: InstrumentDocument,
  values: ItemValues,
  { facts, place }: Surroundings = {},
): FormProgress {
  const { applies } = derive(instrument, values, facts, place);
  const required = instrument.items.filter((item) => item.required && applies(item.id));
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
export function safetyHits(instrument: InstrumentDocument, answers: ItemValues): SafetyHit[] {
  if (instrument.safety.length === 0) return [];
  const { values } = derive(instrument, answers);
  return instrument.safety.flatMap(({ item: id, atLeast, steps }) => {
    const item = instrument.items.find((candidate) => candidate.id === id);
    const answer = answerOf(values, id);
    if (!item || !answer || !('value' in answer)) return [];
    const points = pointsOf(item, answer.value);
    return points !== null && points >= atLeast ? [{ item: id, value: Number(answer.value), steps }] : [];
  });
}
