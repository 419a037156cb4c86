import { expect, test } from 'vitest';
import { loadInstruments } from '../../server/instruments/load.ts';
import { answerScale, countAnswers } from '../../server/results/answers.rules.ts';

const instruments = await loadInstruments('data/instruments');
const scaleOf = (id: string, score = 'total') => answerScale(instruments.get(id)!, score);

test('takes anchors that all items share, and codes where each item has its own', () => {
  // PHQ-9: Kroenke, Spitzer & Williams, J Gen Intern Med 2001;16:606; HAM-D17: items run from 0 to 2 or 0 to 4.
  const phq = scaleOf('phq9')!;
  expect(phq.items).toHaveLength(9);
  expect(phq.answers.map(({ label }) => label)).toEqual([
    'Not at all',
    'Several days',
    'More than half the days',
    'Nearly every day',
  ]);
  expect(phq.split).toBe(2);
  const hamd = scaleOf('hamd17')!;
  expect(hamd.items).toHaveLength(17);
  expect(hamd.answers.map(({ label }) => label)).toEqual(['0', '1', '2', '3', '4']);
});

test('puts many codes together, and begins with the good end where higher is better', () => {
  expect(scaleOf('madrs')!.answers.map(({ label }) => label)).toEqual(['0', '1–2', '3–4', '5–6']);
  expect(scaleOf('who5')!.answers.map(({ label }) => label)).toEqual(['5', '3–4', '1–2', '0']);
});

test('has no scale for a rating from 1 to 100, or for a score that isn’t there', () => {
  expect(scaleOf('sofas')).toBeNull();
  expect(scaleOf('hamd17', 'other')).toBeNull();
});

test('counts answers by arm; what is missing, or adds nothing to the score, isn’t counted', () => {
  const hamd = scaleOf('hamd17')!;
  const counts = countAnswers(hamd, [
    { arm: 'new', values: { 1: 4, 2: 0, 16: 3 } },
    { arm: 'new', values: { 1: 0, 16: 2 } },
    { arm: 'old', values: { 1: 1 } },
  ]);
  expect(counts.new!['1']).toEqual([1, 0, 0, 0, 1]);
  expect(counts.new!['2']).toEqual([1, 0, 0, 0, 0]);
  expect(counts.old!['1']).toEqual([0, 1, 0, 0, 0]);
  // Item 16, code 3 is “Not assessed”; code 3 of item 1 is a severity.
  expect(counts.new!['16']!.reduce((sum, one) => sum + one, 0)).toBe(1);
});
