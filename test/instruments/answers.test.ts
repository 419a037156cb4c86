import { describe, expect, test } from 'vitest';
import { loadInstruments } from '../../server/instruments/load.ts';
import { checkValues, progress, safetyHits } from '../../server/instruments/rules.ts';
import { answers } from './answer.ts';

const instruments = await loadInstruments('data/instruments');
const get = (id: string) => instruments.get(id)!;
const codes = [
  { code: 'not-asked', label: 'Not asked' },
  { code: 'refused', label: 'Refused' },
];
const check = (id: string, values: Parameters<typeof checkValues>[1]) =>
  checkValues(get(id), values, codes).map(({ item, kind, message }) => `${item} ${kind}: ${message}`);

describe('checkValues', () => {
  test('a form without problems', () => {
    const hamd = get('hamd17');
    expect(check('hamd17', {})).toEqual([]);
    expect(check('hamd17', answers(hamd, [4, 4, 0, 2, { missing: 'refused' }]))).toEqual([]);
    expect(check('hamd17', { '16': { value: 3 } })).toEqual([]);
  });

  test.each([
    ['bdi-total', { total: { value: 64 } }, 'total impossible: BDI total 64 is above the maximum, 63.'],
    ['madrs', { '3': { value: 7 } }, '3 impossible: Item 3: 7 is above the maximum, 6.'],
    ['sofas', { rating: { value: 0 } }, 'rating impossible: SOFAS rating 0 is below the minimum, 1.'],
    ['sofas', { rating: { value: 50.5 } }, 'rating impossible: SOFAS rating 50.5 is no whole number.'],
    ['sofas', { rating: { value: '50' } }, 'rating impossible: SOFAS rating “50” is no number.'],
    ['sofas', { rating: { value: Number.NaN } }, 'rating impossible: SOFAS rating NaN is no number.'],
    ['hamd17', { '4': { value: 3 } }, '4 impossible: Item 4: 3 is none of its codes, 0, 1 or 2.'],
    ['hamd17', { '18': { value: 1 } }, '18 impossible: HAM-D17 has no item “18”.'],
    [
      'hamd17',
      { '4': { missing: 'lost' } },
      '4 impossible: Item 4: “lost” is none of the protocol’s missing codes, Not asked or Refused.',
    ],
    [
      'medication',
      { 'antidepressant-since': { value: '2026-02-30' } },
      'antidepressant-since impossible: Antidepressant since “2026-02-30” is no date such as 2026-03-31.',
    ],
    ['medication', { other: { value: 7 } }, 'other impossible: Other drugs 7 is a number; it takes text.'],
    [
      'medication',
      { other: { value: 'x'.repeat(501) } },
      'other impossible: Other drugs has 501 characters; it takes 500.',
    ],
    [
      'background',
      { 'weight-change': { value: 12.5 } },
      'weight-change unexpected: Weight change 12.5 is more than expected, 10 kg. Give a reason.',
    ],
    [
      'background',
      { 'first-onset': { value: 3 } },
      'first-onset unexpected: Age at first episode 3 is less than expected, 5 years. Give a reason.',
    ],
  ])('%s %j', (id, values, expected) => {
    expect(check(id, values)).toEqual([expected]);
  });

  test('dates and texts that are fine', () => {
    expect(
      check('medication', {
        'antidepressant-since': { value: '2024-02-29' },
        other: { value: 'Levothyroxine 50 µg' },
      }),
    ).toEqual([]);
  });

  test('an item that has a name of every object isn’t answered by it', () => {
    const odd = { ...get('sofas'), items: [{ ...get('sofas').items[0]!, id: 'constructor' }] };
    expect(checkValues(odd, {}, codes)).toEqual([]);
    expect(progress(odd, {}).answered).toBe(0);
  });
});

describe('progress', () => {
  test('an explicit missing code is an answer; blank is none', () => {
    const hamd = get('hamd17');
    expect(progress(hamd, {})).toEqual({ answered: 0, items: 17, blank: hamd.items.map(({ id }) => id) });
    expect(progress(hamd, answers(hamd, [1, 0, null, 2, { missing: 'refused' }, 0]))).toMatchObject({
      answered: 5,
      items: 17,
    });
  });

  test('items that aren’t required don’t stand in the way', () => {
    const phq = get('phq9');
    expect(progress(phq, answers(phq, [0, 0, 0, 0, 0, 0, 0, 0, 0]))).toEqual({
      answered: 9,
      items: 9,
      blank: [],
    });
  });
});

describe('safetyHits', () => {
  test('HAM-D17 item 3 from 2, whatever the total', () => {
    const hamd = get('hamd17');
    const hits = (code: number) => safetyHits(hamd, { '3': { value: code } });
    expect([0, 1].flatMap(hits)).toEqual([]);
    expect([2, 3, 4].flatMap(hits).map(({ item, value }) => [item, value])).toEqual([
      ['3', 2],
      ['3', 3],
      ['3', 4],
    ]);
    expect(hits(2)[0]!.steps.length).toBeGreaterThanOrEqual(3);
  });

  test('PHQ-9 item 9 above 0', () => {
    const phq = get('phq9');
    expect(safetyHits(phq, { '9': { value: 0 } })).toEqual([]);
    expect(safetyHits(phq, { '9': { value: 1 } })).toHaveLength(1);
  });

  test('none for a blank, a missing code or an answer that isn’t possible', () => {
    const hamd = get('hamd17');
    const none: Parameters<typeof safetyHits>[1][] = [
      {},
      { '3': { missing: 'refused' } },
      { '3': { value: 9 } },
      { '3': { value: '4' } },
    ];
    for (const values of none) {
      expect(safetyHits(hamd, values)).toEqual([]);
    }
  });
});
