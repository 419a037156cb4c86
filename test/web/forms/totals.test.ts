import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ItemValues } from '../../../server/forms/contract.ts';
import { instrumentDocument } from '../../../server/instruments/document.ts';
import { outcomeFacts, totalView } from '../../../web/forms/totals.ts';

const hamd = instrumentDocument.parse(parse(readFileSync('data/instruments/hamd17.yaml', 'utf8')));
const score = hamd.scores[0]!;
const missingCodes = [
  { code: 'refused', label: 'Refused' },
  { code: 'not-asked', label: 'Not asked' },
];
const rules = { bandSet: 'zimmerman-2013', missingCodes };
const all = (code: number): ItemValues =>
  Object.fromEntries(hamd.items.map(({ id }) => [id, { value: code }]));

describe('the computed total beside the form', () => {
  it('shows the total with its maximum and its band once every item is answered', () => {
    // 17 items at 1 point each; Zimmerman 2013: 17–23 is moderate.
    expect(totalView(hamd, score, all(1), rules)).toMatchObject({
      headline: '17',
      beside: 'of 52, Moderate',
    });
  });

  it('counts up while items are blank, and never calls that a total', () => {
    const view = totalView(hamd, score, { '1': { value: 2 }, '2': { value: 1 } }, rules);
    expect(view).toMatchObject({
      headline: '3',
      beside: 'so far, from 2 items',
      explanation: '15 items have no answer yet.',
    });
    expect(totalView(hamd, score, {}, rules)).toMatchObject({ headline: 'Not yet', words: true });
  });

  it('says as soon as a reason for missing makes the total missing', () => {
    const values: ItemValues = {
      '1': { value: 2 },
      '2': { value: 1 },
      '3': { value: 2 },
      '4': { value: 1 },
      '5': { missing: 'refused' },
      '6': { value: 0 },
    };
    const view = totalView(hamd, score, values, rules);
    expect(view.headline).toBe('Will be missing');
    expect(view.explanation).toBe(
      'Item 5 is refused, and the protocol fills in nothing from other items. So far: 6 points from 5 scored items.',
    );
    expect(totalView(hamd, score, { ...all(1), '5': { missing: 'refused' } }, rules).headline).toBe(
      'Missing',
    );
  });

  it('derives what response and remission mean from the outcomes of the protocol', () => {
    const base = { instrument: 'hamd17', score: 'total', role: 'primary' } as const;
    const outcomes = [
      {
        ...base,
        id: 'response',
        label: 'Response, HAM-D17 fall of at least 50 %',
        kind: 'response',
        fall: 0.5,
      },
      { ...base, id: 'remission', label: 'Remission', kind: 'threshold', atMost: 7 },
      { ...base, id: 'other', label: 'Elsewhere', kind: 'response', fall: 0.5, instrument: 'phq9' },
    ] as const;
    expect(outcomeFacts(hamd, score, outcomes, 22)).toEqual([
      { label: 'Response means', means: '11 or less' },
      { label: 'Remission means', means: '7 or less' },
    ]);
    // Half of 21 is 10.5; a total of whole points reaches it at 10.
    expect(outcomeFacts(hamd, score, outcomes, 21)[0]?.means).toBe('10 or less');
    expect(outcomeFacts(hamd, score, outcomes, null)).toHaveLength(1);
  });
});
