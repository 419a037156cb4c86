import { describe, expect, test } from 'vitest';
import { loadInstruments } from '../../server/instruments/load.ts';
import { scoreForm } from '../../server/instruments/rules.ts';
import { answers } from './answer.ts';

const instruments = await loadInstruments('data/instruments');
const get = (id: string) => instruments.get(id)!;
const refused = { missing: 'refused' };
const missingCodes = [
  { code: 'refused', label: 'Refused' },
  { code: 'not-asked', label: 'Not asked' },
];

type Given = Parameters<typeof answers>[1];
function total(id: string, given: Given, bandSet?: string) {
  const [score] = scoreForm(get(id), answers(get(id), given), { bandSet, missingCodes });
  return score!;
}

describe('HAM-D17 (Hamilton, J Neurol Neurosurg Psychiatry 1960;23:56–62): the plain sum', () => {
  // 3+2+1 + 1+2+1 + 3+1+1 + 2+2 + 1+1+1 + 1 + 0+0 = 23, added by hand.
  const severe = [3, 2, 1, 1, 2, 1, 3, 1, 1, 2, 2, 1, 1, 1, 1, 0, 0];

  test('a form of 23', () => {
    expect(total('hamd17', severe, 'apa-2000')).toEqual({
      score: 'total',
      label: 'HAM-D17 total',
      value: 23,
      max: 52,
      prorated: false,
      band: 'Very severe',
      why: null,
    });
    // Zimmerman et al., J Affect Disord 2013;150:384–388: 23 is the last score of "moderate".
    expect(total('hamd17', severe, 'zimmerman-2013').band).toBe('Moderate');
  });

  test('without a chosen set, neither applies', () => {
    expect(total('hamd17', severe).band).toBeNull();
    expect(total('hamd17', severe, 'no-such-set').band).toBeNull();
  });

  test('0 and 52 are its ends', () => {
    expect(
      total(
        'hamd17',
        severe.map(() => 0),
      ).value,
    ).toBe(0);
    const highest = get('hamd17').items.map((item) =>
      [1, 2, 3, 7, 8, 9, 10, 11, 15].includes(Number(item.id)) ? 4 : 2,
    );
    expect(total('hamd17', highest).value).toBe(52);
  });

  test('item 16, code 3 “not assessed”, is an answer that adds nothing', () => {
    expect(total('hamd17', [...severe.slice(0, 15), 3, 0])).toMatchObject({ value: 23, prorated: false });
  });

  test('one item without an answer makes the total missing, and the reason is said in words', () => {
    const without = (item: number, answer: Given[number]) =>
      severe.map((code, index) => (index === item - 1 ? answer : code));
    expect(total('hamd17', without(5, refused))).toMatchObject({
      value: null,
      prorated: false,
      band: null,
      why: 'Item 5 is refused, and the protocol fills in nothing from other items.',
    });
    expect(total('hamd17', without(5, null)).why).toBe(
      'Item 5 has no answer, and the protocol fills in nothing from other items.',
    );
    const several: Given = severe.map((code, index) => (index < 2 ? refused : index === 6 ? null : code));
    expect(total('hamd17', several).why).toBe(
      'Items 1 and 2 are refused and item 7 has no answer, and the protocol fills in nothing from other items.',
    );
  });

  test('an answer that isn’t possible makes the total missing too', () => {
    const five = severe.map((code, index) => (index === 3 ? 5 : code));
    expect(total('hamd17', five)).toMatchObject({
      value: null,
      why: 'Item 4 has an answer that isn’t possible.',
    });
    expect(
      total(
        'hamd17',
        severe.map((code, index) => (index === 3 ? '1' : code)),
      ).value,
    ).toBeNull();
  });

  test('an empty form has no total', () => {
    expect(total('hamd17', []).value).toBeNull();
  });
});

// Instruction manual, PHQ and GAD-7 measures: with up to 2 missing items, the mean of the completed ones stands in.
describe('PHQ-9 (Kroenke et al., J Gen Intern Med 2001;16:606–613)', () => {
  test('the plain sum and its band', () => {
    expect(total('phq9', [2, 2, 1, 3, 1, 2, 1, 0, 0, 1])).toMatchObject({
      value: 12,
      prorated: false,
      band: 'Moderate',
    });
  });

  test('item 10, difficulty, is no part of the total and may be blank', () => {
    const nine = [1, 1, 1, 1, 1, 1, 1, 1, 1];
    expect(total('phq9', nine).value).toBe(9);
    expect(total('phq9', [...nine, 3]).value).toBe(9);
  });

  test('one missing: 12 from 8 items are 12 + 12/8 = 13.5', () => {
    expect(total('phq9', [2, 2, 1, 3, 1, 2, 1, 0, null])).toMatchObject({
      value: 13.5,
      prorated: true,
      band: 'Moderate',
      why: null,
    });
  });

  test('two missing: 11 from 7 items are 11 × 9 / 7 = 14.1428…, unrounded', () => {
    const score = total('phq9', [2, 2, 1, 3, 1, 2, 0, refused, null]);
    expect(score.value).toBeCloseTo(14.142857142857142, 12);
    expect(score).toMatchObject({ prorated: true, band: 'Moderate' });
  });

  test('14.625 is below 15, and so in the band before it', () => {
    // 13 from 8 items: 13 + 13/8.
    expect(total('phq9', [3, 3, 1, 3, 1, 1, 1, 0, null])).toMatchObject({ value: 14.625, band: 'Moderate' });
  });

  test('three missing: none', () => {
    expect(total('phq9', [2, 2, 1, 3, 1, 2, null, null, refused])).toMatchObject({
      value: null,
      prorated: false,
      why: 'Items 7 and 8 have no answer and item 9 is refused; the protocol fills in at most 2 of 9.',
    });
  });
});

test('GAD-7 (Spitzer et al., Arch Intern Med 2006;166:1092–1097): 10 is where moderate begins', () => {
  expect(total('gad7', [2, 2, 1, 1, 1, 1, 1])).toMatchObject({ value: 9, band: 'Mild' });
  expect(total('gad7', [2, 2, 1, 1, 1, 1, 2])).toMatchObject({ value: 10, band: 'Moderate' });
  expect(total('gad7', [2, 2, 1, 1, 1, 1, null]).value).toBeNull();
});

// Topp et al., Psychother Psychosom 2015;84:167–176: raw 0–25 times 4; ≤ 50 to screen, ≤ 28 likely depression.
test.each([
  [[0, 0, 0, 0, 0], 0, 'Likely depression'],
  [[1, 2, 1, 2, 1], 28, 'Likely depression'],
  [[2, 1, 2, 2, 1], 32, 'Low well-being, screen for depression'],
  [[3, 2, 2, 3, 2], 48, 'Low well-being, screen for depression'],
  [[3, 3, 2, 3, 2], 52, 'Well-being'],
  [[5, 5, 5, 5, 5], 100, 'Well-being'],
])('WHO-5 %j is %i, %s', (given, value, band) => {
  expect(total('who5', given)).toMatchObject({ value, band });
});

// Rush et al., Biol Psychiatry 2003;54:573–583: the highest sleep item (1–4), the highest of appetite and weight
// (6–9), the highest psychomotor item (15, 16), and items 5, 10–14 as they are.
describe('QIDS-SR16', () => {
  test('max(1,3,2,0) + 2 + max(0,1,0,2) + 1+2+0+3+1 + max(1,0) = 3+2+2+7+1 = 15', () => {
    expect(total('qids-sr16', [1, 3, 2, 0, 2, 0, 1, 0, 2, 1, 2, 0, 3, 1, 1, 0])).toMatchObject({
      value: 15,
      band: 'Moderate',
    });
  });

  test('all items at 3 are nine domains of 3', () => {
    expect(
      total(
        'qids-sr16',
        Array.from({ length: 16 }, () => 3),
      ),
    ).toMatchObject({ value: 27, band: 'Very severe' });
  });

  test('an item missing within a domain makes the total missing, though another could decide it', () => {
    expect(total('qids-sr16', [3, null, 2, 0, 2, 0, 1, 0, 2, 1, 2, 0, 3, 1, 1, 0]).why).toBe(
      'Item 2 has no answer, and the protocol fills in nothing from other items.',
    );
  });
});

test('WSAS (Mundt et al., Br J Psychiatry 2002;180:461–464): 10 and 20 are in the middle band', () => {
  expect(total('wsas', [2, 2, 2, 2, 1])).toMatchObject({ value: 9, band: 'Subclinical' });
  expect(total('wsas', [2, 2, 2, 2, 2])).toMatchObject({ value: 10, band: 'Significant impairment' });
  expect(total('wsas', [4, 4, 4, 4, 4])).toMatchObject({ value: 20, band: 'Significant impairment' });
  expect(total('wsas', [5, 4, 4, 4, 4])).toMatchObject({ value: 21, band: 'Moderately severe or worse' });
});

test('MADRS (Montgomery & Åsberg, Br J Psychiatry 1979;134:382–389)', () => {
  expect(total('madrs', [4, 4, 3, 3, 2, 3, 3, 4, 3, 2])).toMatchObject({ value: 31, band: 'Moderate' });
});

describe('one rating is its own score', () => {
  test.each([
    ['cgi-s', 5],
    ['cgi-i', 2],
    ['sofas', 52],
    ['bdi-total', 29],
  ])('%s', (id, rating) => {
    expect(total(id, [rating])).toMatchObject({ value: rating, prorated: false });
  });

  test('SOFAS 0 and 101 are not on the scale', () => {
    for (const rating of [0, 101, 50.5]) {
      expect(total('sofas', [rating])).toMatchObject({
        value: null,
        why: 'SOFAS rating has an answer that isn’t possible.',
      });
    }
  });

  test('an item without a number is called by its label', () => {
    expect(total('cgi-s', [refused]).why).toBe(
      'Severity of illness is refused, and the protocol fills in nothing from other items.',
    );
  });
});

test('a protocol’s mean rule holds what it fills in within the item’s own range', () => {
  const hamd = get('hamd17');
  const mean = {
    ...hamd,
    scores: hamd.scores.map((score) => ({ ...score, missing: { rule: 'mean' as const, atMost: 8 } })),
  };
  const highest = hamd.items.map((item) =>
    item.id === '4' ? null : [1, 2, 3, 7, 8, 9, 10, 11, 15].includes(Number(item.id)) ? 4 : 2,
  );
  // The mean of the others is 50/16 = 3.125; item 4 goes to 2 only.
  expect(scoreForm(mean, answers(mean, highest))[0]).toMatchObject({ value: 52, prorated: true });
  // All others 1, item 16 "not assessed" 0: the mean is 15/16.
  const ones = hamd.items.map((item) => (item.id === '4' ? null : item.id === '16' ? 3 : 1));
  expect(scoreForm(mean, answers(mean, ones))[0]).toMatchObject({ value: 15 + 15 / 16, prorated: true });
});

test('a case report form without scores has none', () => {
  expect(scoreForm(get('background'), {})).toEqual([]);
});
