import { describe, expect, test } from 'vitest';
import { Refused } from '../../../server/errors.ts';
import { find, runAnalyses } from './trial.ts';

const arms = [
  { id: 'CBT', label: 'CBT' },
  { id: 'TAU', label: 'Usual care', reference: true },
];
const visits = [
  { id: 'baseline', label: 'Baseline', day: 0, baseline: true },
  { id: 'm3', label: '3 months', day: 91 },
  { id: 'm12', label: '12 months', day: 365 },
];
const response = { kind: 'response', measure: 'score', fall: 0.5 };

/** One arm of four that all go from 20 to 8; what happened to them stands in the columns after. */
const wide = `id,arm,baseline,m3,m12,start,died,switched,stopped
1,CBT,20,9,8,2026-01-01,,,
2,CBT,20,9,8,2026-01-01,2026-03-01,,
3,CBT,20,19,8,2026-01-01,,m12,
4,CBT,20,9,8,2026-01-01,,,1
5,TAU,20,9,8,2026-01-01,2027-06-01,,0
`;
const data = {
  format: 'wide',
  subject: 'id',
  arm: 'arm',
  randomised: 'start',
  visits,
  measures: [
    { id: 'score', label: 'Score', better: 'lower', columns: { baseline: 'baseline', m3: 'm3', m12: 'm12' } },
  ],
  events: [
    { id: 'death', label: 'Death', column: 'died', kind: 'day' },
    { id: 'switch', label: 'Switch', column: 'switched', kind: 'visit' },
    { id: 'stop', label: 'Stop', column: 'stopped', kind: 'flag' },
  ],
};

function counts(event: string, strategy: string, visit = 'm12') {
  const estimand = {
    treatments: [['CBT', 'TAU']],
    variable: response,
    visits: [visit],
    summary: 'risk-difference',
    intercurrent: [{ event, strategy }],
  };
  const results = runAnalyses([{ estimator: { method: 'risk-difference' }, estimand }], wide, { data, arms });
  const row = find(results, { measure: 'proportion', arm: 'CBT' });
  return `${row.numerator}/${row.denominator}`;
}

describe('strategies for intercurrent events (E9(R1) A.3.2), counted by hand', () => {
  test.each([
    // Everybody is at 8 of 20 at month 12: a response.
    ['switch', 'treatment-policy', 'm12', '4/4'],
    // Participant 3 switched before month 12: that value is of no interest.
    ['switch', 'hypothetical', 'm12', '3/3'],
    // … counts as failure …
    ['switch', 'composite', 'm12', '3/4'],
    // … or month 3's value stands: 19 of 20, no response.
    ['switch', 'while-on-treatment', 'm12', '3/4'],
    // At month 3 it hadn't happened yet; 19 of 20 is no response as it is.
    ['switch', 'composite', 'm3', '3/4'],
    // Day 59 comes before the visit of day 91, so both visits are affected.
    ['death', 'composite', 'm3', '2/4'],
    ['death', 'composite', 'm12', '3/4'],
    // A flag has no day: it affects every visit, and leaves nothing from before.
    ['stop', 'while-on-treatment', 'm12', '3/3'],
  ])('%s, %s at %s: %s', (event, strategy, visit, expected) => {
    expect(counts(event, strategy, visit)).toBe(expected);
  });
});

describe('a long file', () => {
  const long = {
    format: 'long',
    subject: 'id',
    arm: 'arm',
    visit: 'visit',
    visits,
    measures: [
      { id: 'score', label: 'Score', better: 'lower', value: 'value', where: { item: 'total' } },
      { id: 'cgi', label: 'CGI', better: 'lower', value: 'value', where: { item: 'cgi' } },
    ],
  };
  const header = 'id,arm,visit,item,value\n';
  const rows = wide
    .trim()
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [id, arm, ...scores] = line.split(',');
      return visits.flatMap(({ id: visit }, i) => [
        `${id},${arm},${visit},total,${scores[i]}`,
        `${id},${arm},${visit},cgi,4`,
        `${id},${arm},${visit},other,words`,
      ]);
    });
  const estimand = {
    treatments: [['CBT', 'TAU']],
    variable: response,
    visits: ['m3'],
    summary: 'risk-difference',
  };
  const run = (lines: string[]) =>
    runAnalyses([{ estimator: { method: 'risk-difference' }, estimand }], header + lines.join('\n'), {
      data: long,
      arms,
    });

  test('gives what the wide file gives', () => {
    const row = find(run(rows), { measure: 'proportion', arm: 'CBT' });
    expect([row.numerator, row.denominator]).toEqual([3, 4]);
  });

  test.each([
    ['1,CBT,m3,total,9', 'line 47, visit: Participant 1 has score at m3 twice.'],
    ['1,TAU,m3,other,x', 'line 47, arm: Participant 1 is in arm CBT in row 2.'],
    ['1,CBT,m6,total,9', 'line 47, visit: The plan has no visit “m6”.'],
  ])('%s is refused', (line, expected) => {
    const attempt = () => run([...rows, line]);
    expect(attempt).toThrow(Refused);
    try {
      attempt();
    } catch (error) {
      const [issue] = (error as Refused).detail.issues!;
      expect(`${issue!.path}: ${issue!.message}`).toBe(expected);
    }
  });
});
