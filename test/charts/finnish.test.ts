import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { analyse } from '../../analysis/analyse.ts';
import { type Chart, chartKinds, furtherKinds, studyChart } from '../../analysis/charts/index.ts';
import { inFinnish } from '../../server/charts/localised.ts';
import { renderSvg } from '../../server/charts/render.ts';
import { finnishNumbers, phraser } from '../../server/language/phrase.rules.ts';
import { runningOf } from './running.ts';
import { makeTrial, studyOf, THREE_ARMS } from './trial.ts';

const catalogue: Record<string, string> = JSON.parse(readFileSync('data/language/figures.fi.json', 'utf8'));
// Labels of this trial, as a document would translate them.
const labels = {
  '3 months': '3 kuukautta',
  '12 months': '12 kuukautta',
  'Change in HAM-D17': 'HAM-D17:n muutos',
  Female: 'Nainen',
  Male: 'Mies',
  Sex: 'Sukupuoli',
};
const say = phraser(catalogue, { ...labels, 'Work and activities': 'Work and activities' });

const dataset = makeTrial(THREE_ARMS);
const study = { ...studyOf(dataset), further: runningOf(dataset) };
const rows = analyse(dataset, study.plan);
const draw = (kind: (typeof chartKinds | typeof furtherKinds)[number]): Chart =>
  studyChart(kind, { ...study, rows }, { theme: 'light', masked: false, width: 560 })!;

const marks = (svg: string) =>
  ['<path', '<text', '<rect', '<line', '<g '].map((tag) => svg.split(tag).length - 1);
/** Digits of every number, whatever stands between them; months are words in English and numbers in Finnish. */
const digits = (text: string) =>
  [...text.replace(/\b\d{1,2} [A-Z][a-z]{2} \d{4}\b|\d+\.\d+\.\d{4}/g, '').matchAll(/\d/g)].join('');

describe.each([...chartKinds, ...furtherKinds])('%s in Finnish', (kind) => {
  const english = draw(kind);
  const finnish = inFinnish(english, say);

  test('has the same numbers in its words and its table', () => {
    expect(digits(finnish.subtitle)).toBe(digits(english.subtitle));
    expect(digits(finnish.description)).toBe(digits(english.description));
    expect(finnish.table.rows.map((row) => Object.keys(row))).toEqual(
      english.table.rows.map((row) => Object.keys(row)),
    );
  });

  test('is the same picture in other words', async () => {
    const [before, after] = await Promise.all([renderSvg(english.spec), renderSvg(finnish.spec)]);
    expect(marks(after)).toEqual(marks(before));
  });

  test('has no title of English left', () => {
    const known = Object.keys(catalogue).filter(
      (text) => / /.test(text) && !text.includes('{') && text.length > 9,
    );
    const spoken = [
      finnish.title,
      finnish.subtitle,
      finnish.description,
      ...finnish.table.columns.map(({ label }) => label),
    ].join('\n');
    expect(known.filter((text) => spoken.includes(text))).toEqual([]);
    expect(finnish.title).not.toBe(english.title);
  });
});

// Institute for the Languages of Finland: decimal comma, no-break space between thousands and before the per cent
// sign, dates as day.month.year, three dots in a range of signed numbers.
test.each([
  ['1,515 of 134', '1\u00a0515 of 134'],
  ['−9.7 (−11.7 to −7.6)', '−9,7 (−11,7…−7,6)'],
  ['28% to 58%', '28\u00a0%–58\u00a0%'],
  ['5 Dec 2025', '5.12.2025'],
  ['19.7.2026', '19.7.2026'],
  ['BMC Psychiatry 2016;16:131', 'BMC Psychiatry 2016;16:131'],
])('%s is written %s', (english, finnish) => {
  expect(finnishNumbers(english)).toBe(finnish);
});

test('a description is said part by part, and a label that is a list by itself stays whole', () => {
  expect(
    say('3 months: IPT 16/38 (42%), interval 28% to 58% and TAU 14/34 (41%), interval 26% to 58%.'),
  ).toBe(
    '3 kuukautta: IPT 16/38 (42\u00a0%), luottamusväli 28\u00a0%–58\u00a0% ja TAU 14/34 (41\u00a0%), luottamusväli 26\u00a0%–58\u00a0%.',
  );
  expect(say('Work and activities: IPT 1/35 (3%).')).toBe('Work and activities: IPT 1/35 (3\u00a0%).');
});
