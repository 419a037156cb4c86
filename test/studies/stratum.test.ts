import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadStudy } from '../../server/studies/load.ts';
import { levelsOf, stratumOf } from '../../server/studies/rules.ts';

const { document: trial } = await loadStudy('data/studies/example-drug-trial.yaml', ['data/instruments']);
const { document: ipt } = await loadStudy('data/studies/ipt-depression.yaml', ['data/instruments']);
const [site, age, episode] = trial.allocation.strata as [
  (typeof trial.allocation.strata)[0],
  (typeof trial.allocation.strata)[0],
  (typeof trial.allocation.strata)[0],
];

test('levels are those of the document, in its order', () => {
  expect(levelsOf(trial, site).map(({ id }) => id)).toEqual(['north', 'east', 'south']);
  expect(levelsOf(trial, episode).map(({ label }) => label)).toEqual(['No', 'Yes']);
  expect(levelsOf(trial, age)).toEqual([
    { id: 'under-40', label: 'Under 40 years' },
    { id: '40-to-under-60', label: '40 to under 60 years' },
    { id: '60-and-over', label: '60 years and over' },
  ]);
});

test('a value at a cut point is above it', () => {
  const levelAt = (years: number) =>
    stratumOf(trial, 'north', { age: years, 'earlier-episode': 'no' }).factors.age;
  expect([18, 39, 39.99, 40, 59, 60, 75].map(levelAt)).toEqual([
    'under-40',
    'under-40',
    'under-40',
    '40-to-under-60',
    '40-to-under-60',
    '60-and-over',
    '60-and-over',
  ]);
});

test('a stratum is labelled for people', () => {
  expect(stratumOf(ipt, 'lohja', { sex: 'female', age: 41 })).toEqual({
    factors: { site: 'lohja', sex: 'female' },
    label: 'Lohja, Female',
  });
});

test('cut points below zero and between whole numbers have names of their own', () => {
  const cuts = [-1.5, 0, 37.5];
  const study = {
    ...trial,
    allocation: { ...trial.allocation, strata: [{ ...age, by: { field: 'age', cuts } }] },
  };
  const names = levelsOf(study, study.allocation.strata[0]!).map(({ id }) => id);
  expect(names).toEqual(['under-minus-1.5', 'minus-1.5-to-under-0', '0-to-under-37.5', '37.5-and-over']);
});

describe('nobody is put into a stratum by default', () => {
  test.each([
    ['an unknown value', 'lohja', { age: 40 }, 'Sex isn’t known; the stratum depends on it.'],
    ['a value that is no option', 'lohja', { sex: 'F' }, 'Sex “F” is none of its options.'],
    ['another study’s site', 'north', { sex: 'male' }, '“north” is none of the study’s sites.'],
    [
      'a name that every object has',
      'lohja',
      JSON.parse('{"__proto__": {"sex": "male"}}'),
      'Sex isn’t known; the stratum depends on it.',
    ],
  ])('%s', (_, where, screening, message) => {
    expect(() => stratumOf(ipt, where, screening)).toThrow(new RangeError(message));
  });

  test('a number that is none', () => {
    expect(() => stratumOf(trial, 'north', { age: Number.NaN, 'earlier-episode': 'no' })).toThrow(
      'Age “NaN” is no number.',
    );
  });
});

test('every age has exactly one level, and levels rise with age', () => {
  const order = levelsOf(trial, age).map(({ id }) => id);
  const rank = (years: number) =>
    order.indexOf(stratumOf(trial, 'east', { age: years, 'earlier-episode': 'yes' }).factors.age!);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 120, noNaN: true }),
      fc.double({ min: 0, max: 120, noNaN: true }),
      (a, b) => {
        expect(rank(a)).toBeGreaterThanOrEqual(0);
        if (a <= b) expect(rank(a)).toBeLessThanOrEqual(rank(b));
      },
    ),
  );
});
