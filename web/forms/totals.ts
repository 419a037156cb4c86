import type { ItemValues, ScoreView } from '../../server/forms/contract.ts';
import type { InstrumentDocument, Score } from '../../server/instruments/document.ts';
import { answerOf, itemsOfScore, pointsOf, scoreForm } from '../../server/instruments/rules.ts';
import type { OutcomeDefinition } from '../../server/studies/document.ts';
import { t } from '../language/t.ts';
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
      ? ` ${t('So far: {points, plural, one {# point} other {# points}} from {scoredItems, plural, one {# scored item} other {# scored items}}.', { points: sofar.points, scoredItems: sofar.items })}`
      : '';
    return {
      label,
      headline: t('Will be missing'),
      words: true,
      beside: null,
      explanation: `${expected.why}${addition}`,
    };
  }
  const left = t('{itemsHave, plural, one {# item has} other {# items have}} no answer yet.', {
    itemsHave: blank.length,
  });
  if (!sofar || sofar.items === 0) {
    return { label, headline: t('Not yet'), words: true, beside: null, explanation: left };
  }
  return {
    label,
    headline: inDigits(sofar.points),
    words: false,
    beside: t('so far, from {items, plural, one {# item} other {# items}}', { items: sofar.items }),
    explanation: left,
  };
}

function finished(label: string, seen: ScoreView, score: Score): TotalView {
  if (seen.value === null)
    return { label, headline: t('Missing'), words: true, beside: null, explanation: seen.why };
  return {
    label,
    headline: inDigits(Math.round(seen.value * 100) / 100),
    words: false,
    beside: [
      score.min === 0 || score.min === 1
        ? t('of {max}', { max: score.max })
        : t('{min} to {max}', { min: score.min, max: score.max }),
      seen.band,
    ]
      .filter(Boolean)
      .join(', '),
    explanation: seen.prorated
      ? t('Prorated: missing items take the mean of the answered ones. Every export says so.')
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
      const label = t('{plain} means', { plain: plain(outcome.label) });
      if (outcome.kind === 'threshold') {
        if (outcome.atMost !== undefined)
          return [{ label, means: t('{atMost} or less', { atMost: outcome.atMost }) }];
        return outcome.atLeast === undefined
          ? []
          : [{ label, means: t('{atLeast} or more', { atLeast: outcome.atLeast }) }];
      }
      if (outcome.kind !== 'response' || baseline === null || baseline <= 0) return [];
      const bound = baseline * (score.better === 'lower' ? 1 - outcome.fall : 1 + outcome.fall);
      const shown = inDigits(reachable(score, bound));
      return [
        {
          label,
          means: score.better === 'lower' ? t('{shown} or less', { shown }) : t('{shown} or more', { shown }),
        },
      ];
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
