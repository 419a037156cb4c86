import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { ItemValues } from '../../server/forms/contract.ts';
import { parseInstrument } from '../../server/instruments/load.ts';
import { checkValues, derive, progress } from '../../server/instruments/rules.ts';

const file = 'data/instruments/treatment-history.yaml';
const instrument = parseInstrument(await readFile(file, 'utf8'), { file });
const around = { facts: { today: { day: '2026-11-23' } } };
const found = (values: ItemValues) =>
  checkValues(instrument, values, [], around).map(({ kind, key }) => [kind, key]);

test('what a hidden section holds is not required, and shown it is', () => {
  expect(progress(instrument, { kinds: { value: [0] } }).blank).toEqual(['height', 'weight', 'hope']);
  expect(progress(instrument, { kinds: { value: [1, 2] } }).blank).toEqual([
    'first-treated',
    'courses',
    'adequate',
    'height',
    'weight',
    'hope',
  ]);
});

test('an answer that no longer applies stands out, and is not dropped', () => {
  expect(found({ kinds: { value: [2] }, courses: { value: 3 } })).toEqual([['impossible', 'courses']]);
});

// 80 kg and 178 cm: 80 / 1.78² = 25.249…
test('a calculated item is rounded, or says what it lacks', () => {
  expect(derive(instrument, { height: { value: 178 }, weight: { value: 80 } }).values.bmi).toEqual({
    value: 25.2,
  });
  const lacking = derive(instrument, { height: { value: 178 }, weight: { missing: 'refused' } });
  expect(lacking.values.bmi).toBeUndefined();
  expect(lacking.why.get('bmi')).toBe('Weight is missing.');
});

test('checks hold where everything they need is there', () => {
  const medication: ItemValues = { kinds: { value: [1] }, courses: { value: 2 }, adequate: { value: 3 } };
  expect(found(medication)).toEqual([['impossible', 'adequate-of-courses']]);
  expect(found({ ...medication, courses: { missing: 'unknown' } }).map(([, key]) => key)).toEqual([
    'courses',
  ]);
  expect(found({ height: { value: 150 }, weight: { value: 200 } })).toEqual([['unexpected', 'unusual-bmi']]);
  expect(found({ kinds: { value: [2] }, 'first-treated': { value: '2026-12' } })).toEqual([
    ['impossible', 'treated-before-today'],
  ]);
  expect(found({ kinds: { value: [2] }, 'first-treated': { value: '2026' } })).toEqual([]);
});

test('an exclusive option stands alone', () => {
  expect(found({ kinds: { value: [0, 1] } })).toContainEqual(['impossible', 'kinds']);
});
