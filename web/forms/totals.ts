import type { ItemValues, ScoreView } from '../../server/forms/contract.ts';
import type { InstrumentDocument, Score } from '../../server/instruments/document.ts';
import { answerOf, itemsOfScore, pointsOf, scoreForm } from '../../server/instruments/rules.ts';
import type { OutcomeDefinition } from '../../server/studies/document.ts';
import { count } from '../time.ts';
import { inDigits } from './answer.ts';

export interface TotalView {
  label: string;
  /** The number, or words where there is none yet or never will be. */
  headline: string;
  words: boolean;
  beside: string | null;
  explanation: string | null;
}

/** The computed total as the panel shows it, with the reason where there is none. */
export function totalView(
  instrument: InstrumentDocument,
  score: Score,
  values: ItemValues,
  rules: { bandSet?: string; missingCodes: readonly { code: string; label: string }[] },
): TotalView {
  const items = itemsOfScore(instrument, score);
  const blank = items.filter(({ id }) => !answerOf(values, id));
  const seen = find(scoreForm(instrument, values, rules), score);
  const label = score.label;
  if (blank.length === 0) return finished(label, seen, score);

  // With every blank taken as answered, what is still missing is missing for good.
  const answered = { ...values };
  for (const item of blank) {
    if (item.kind === 'choice') answered[item.id] = { value: item.options[0]!.value };
    if (item.kind === 'number') answered[item.id] = { value: item.min };
  }
  const expected = find(scoreForm(instrument, answered, rules), score);
  const sofar = pointsSoFar(instrument, score, values);
  if (expected.value === null) {
    const addition = sofar
      ? ` So far: ${count(sofar.points, 'point')} from ${count(sofar.items, 'scored item')}.`
      : '';
    return {
      label,
      headline: 'Will be missing',
      words: true,
      beside: null,
      explanation: `${expected.why}${addition}`,
    };
  }
  const left = `${count(blank.length, 'item has', 'items have')} no answer yet.`;
  if (!sofar || sofar.items === 0) {
    return { label, headline: 'Not yet', words: true, beside: null, explanation: left };
  }
  return {
    label,
    headline: inDigits(sofar.points),
    words: false,
    beside: `so far, from ${count(sofar.items, 'item')}`,
    explanation: left,
  };
}

function finished(label: string, seen: ScoreView, score: Score): TotalView {
  if (seen.value === null)
    return { label, headline: 'Missing', words: true, beside: null, explanation: seen.why };
  return {
    label,
    headline: inDigits(Math.round(seen.value * 100) / 100),
    words: false,
    beside: [
      score.min === 0 || score.min === 1 ? `of ${score.max}` : `${score.min} to ${score.max}`,
      seen.band,
    ]
      .filter(Boolean)
      .join(', '),
    explanation: seen.prorated
      ? 'Prorated: missing items take the mean of the answered ones. Every export says so.'
      : null,
  };
}

/** What the answered items add up to, where the score is a plain sum. */
function pointsSoFar(
  instrument: InstrumentDocument,
  score: Score,
  values: ItemValues,
): { points: number; items: number } | null {
  if (
    score.times !== 1 ||
    (score.of !== 'all' && score.of.some((component) => typeof component !== 'string'))
  )
    return null;
  const points = itemsOfScore(instrument, score).flatMap((item) => {
    const answer = answerOf(values, item.id);
    const point = answer && 'value' in answer ? pointsOf(item, answer.value) : null;
    return point === null ? [] : [point];
  });
  return { points: points.reduce((a, b) => a + b, 0), items: points.length };
}

const find = (scores: ScoreView[], score: Score): ScoreView =>
  scores.find((view) => view.score === score.id)!;

/** "Response means", "11 or less": what each outcome of the protocol asks of this score. */
export function outcomeFacts(
  instrument: InstrumentDocument,
  score: Score,
  outcomes: readonly OutcomeDefinition[],
  baseline: number | null,
): { label: string; means: string }[] {
  return outcomes
    .filter((outcome) => outcome.instrument === instrument.id && outcome.score === score.id)
    .flatMap((outcome) => {
      const label = `${plain(outcome.label)} means`;
      if (outcome.kind === 'threshold') {
        if (outcome.atMost !== undefined) return [{ label, means: `${outcome.atMost} or less` }];
        return outcome.atLeast === undefined ? [] : [{ label, means: `${outcome.atLeast} or more` }];
      }
      if (outcome.kind !== 'response' || baseline === null || baseline <= 0) return [];
      const bound = baseline * (score.better === 'lower' ? 1 - outcome.fall : 1 + outcome.fall);
      const shown = inDigits(reachable(score, bound));
      return [{ label, means: score.better === 'lower' ? `${shown} or less` : `${shown} or more` }];
    });
}

/** The first value that counts: a whole number where the score only takes those. */
function reachable(score: Score, bound: number): number {
  const whole = score.missing.rule === 'none' && Number.isInteger(score.times);
  if (!whole) return Math.round(bound * 10) / 10;
  return score.better === 'lower' ? Math.floor(bound + 1e-9) : Math.ceil(bound - 1e-9);
}

/** "Response" of "Response, HAM-D17 fall of at least 50 %": the rest of the label stands above it anyway. */
const plain = (label: string): string => label.split(/[,:(]/)[0]!.trim();
