import { describe, expect, test } from 'vitest';
import { loadStudy } from '../../server/studies/load.ts';
import { eligibilityFromScreening, isBlinded, judgeEligibility } from '../../server/studies/rules.ts';

const { document } = await loadStudy('data/studies/ipt-depression.yaml', ['data/instruments']);

describe('what screening settles', () => {
  // Ages 18 to 64, both inside: BMC Psychiatry 2016;16:131.
  test.each([
    [17, false],
    [17.9, false],
    [18, true],
    [64, true],
    [64.5, false],
    [65, false],
  ])('at %d years: %s', (age, holds) => {
    expect(eligibilityFromScreening(document, { age, sex: 'male' })).toEqual({ age: holds });
  });

  test('nothing, where the value isn’t known or is no number', () => {
    expect(eligibilityFromScreening(document, {})).toEqual({});
    expect(eligibilityFromScreening(document, { age: '40' })).toEqual({});
  });
});

describe('the verdict', () => {
  const allGood = Object.fromEntries(document.eligibility.map(({ id, kind }) => [id, kind === 'inclusion']));

  test('11 of 11 criteria', () => {
    expect(judgeEligibility(document, allGood)).toEqual({ eligible: true, against: [], open: [] });
  });

  test('any single criterion is enough against it, and any without an answer', () => {
    for (const { id } of document.eligibility) {
      expect(judgeEligibility(document, { ...allGood, [id]: !allGood[id] })).toEqual({
        eligible: false,
        against: [id],
        open: [],
      });
      const { [id]: _, ...rest } = allGood;
      expect(judgeEligibility(document, rest)).toEqual({ eligible: false, against: [], open: [id] });
    }
  });
});

describe('blinding', () => {
  test.each([
    [['assessor'], true],
    [['coordinator'], false],
    [['coordinator', 'assessor'], true],
    [['owner', 'statistician'], false],
    [[], true],
  ] as const)('%o: %s', (roles, blinded) => {
    expect(isBlinded(document, roles)).toBe(blinded);
  });
});
