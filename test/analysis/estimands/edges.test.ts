import { describe, expect, test } from 'vitest';
import { Refused } from '../../../server/errors.ts';
import { find, response, runAnalyses, small } from './trial.ts';

const pair = { treatments: [['CBT', 'TAU']] };
const odds = { ...response, ...pair, summary: 'odds-ratio' };
const risk = { ...response, ...pair };

/** Three ways of comparing two arms' responses. */
const asked = {
  difference: { estimator: { method: 'risk-difference' }, estimand: risk },
  ratio: { estimator: { method: 'risk-ratio' }, estimand: { ...risk, summary: 'risk-ratio' } },
  exactOdds: { estimator: { method: 'odds-ratio', interval: 'exact' }, estimand: odds },
};

const usual = [
  'CBT 20 14 9',
  'CBT 24 15 13',
  'CBT 30 22 14',
  'CBT 22 20 16',
  'CBT 27 13 12',
  'TAU 21 17 18',
  'TAU 25 24 12',
  'TAU 28 20 21',
  'TAU 23 21 19',
  'TAU 26 22 24',
];

describe('what the reasons say', () => {
  const separated = small(usual.map((l) => (l[0] === 'T' ? l.replace(/\d+$/, '20') : l)));

  test('an infinite limit is null, and named', () => {
    const results = runAnalyses([asked.ratio, asked.exactOdds], separated);
    expect(find(results, { measure: 'risk-ratio' })).toMatchObject({ estimate: null, upper: null });
    expect(find(results, { measure: 'odds-ratio' }).reason).toContain('The upper limit is infinite.');
  });

  test('everybody responds: score intervals have a width, Wald’s and Katz’s say that they have none', () => {
    const all = small(usual.map((line) => line.replace(/\d+$/, '1')));
    const wald = { estimator: { method: 'risk-difference', interval: 'wald' }, estimand: risk };
    const katz = { ...asked.ratio, estimator: { method: 'risk-ratio', interval: 'katz' } };
    const results = runAnalyses([asked.difference, asked.ratio, wald, katz], all);
    const [difference, ratio, ...flat] = results.rows.filter(({ versus }) => versus !== null);
    expect(difference!.lower!).toBeLessThan(0);
    expect(difference!.upper!).toBeGreaterThan(0);
    expect(ratio!.lower!).toBeLessThan(1);
    expect(ratio!.upper!).toBeGreaterThan(1);
    for (const row of flat)
      expect(row).toMatchObject({
        lower: null,
        upper: null,
        reason: expect.stringMatching(/score interval/),
      });
  });

  test('separation: Firth’s fit takes over and is noted, or the reason says so', () => {
    const bare = { method: 'logistic', baseline: false };
    const results = runAnalyses(
      [
        { estimator: bare, estimand: odds },
        { estimator: { ...bare, firth: 'never' }, estimand: odds },
      ],
      separated,
    );
    const [first, second] = results.rows;
    expect(first).toMatchObject({ reason: null, converged: true });
    expect(first!.method).toContain('firth');
    // Firth's odds ratio of a 2×2 table is that with ½ added to every cell: 3 of 5 against 0 of 5.
    expect(first!.estimate).toBeCloseTo(3.5 / 2.5 / (0.5 / 5.5), 8);
    expect(results.analyses[0]!.notes.join()).toContain('Firth');
    expect(second).toMatchObject({ estimate: null, converged: false });
    expect(second!.reason).toContain('separate');
  });

  test('an empty arm is named as the plan names it', () => {
    const results = runAnalyses([asked.difference], small(usual.filter((l) => l[0] === 'C')));
    expect(find(results, { measure: 'risk-difference' }).reason).toBe(
      'Nobody in Usual care is in this population.',
    );
  });
});

describe('data that contradict themselves or the plan are refused with line and column', () => {
  const problems = (csv: string) => {
    try {
      runAnalyses([asked.difference], csv);
    } catch (error) {
      if (error instanceof Refused)
        return error.detail.issues!.map(({ path, message }) => `${path}: ${message}`);
      throw error;
    }
    return [];
  };
  const head = 'id,arm,sex,site,baseline,m3,m12\n';

  test.each([
    ['1,CBT,F,S1,20,1,2\n1,TAU,F,S1,20,1,2\n', 'line 3, id: Participant 1 is in row 2 already.'],
    ['1,XYZ,F,S1,20,1,2\n', 'line 2, arm: “XYZ” is no arm of the plan; the arms are CBT, APP, TAU.'],
    ['1,,F,S1,20,1,2\n', 'line 2, arm: The arm is empty; the arms are CBT, APP, TAU.'],
    [',CBT,F,S1,20,1,2\n', 'line 2, id: The row has no participant.'],
    [
      '1,CBT,F,S1,20,NaN,2\n',
      'line 2, m3: “NaN” isn’t a finite number. Mark missing values as an empty cell or “NA”.',
    ],
    [
      '1,CBT,F,S1,20,1,Infinity\n',
      'line 2, m12: “Infinity” isn’t a finite number. Mark missing values as an empty cell or “NA”.',
    ],
    [
      '1,CBT,F,S1,20,-Inf,2\n',
      'line 2, m3: “-Inf” isn’t a finite number. Mark missing values as an empty cell or “NA”.',
    ],
    [
      '1,CBT,F,S1,20,1e400,2\n',
      'line 2, m3: “1e400” isn’t a finite number. Mark missing values as an empty cell or “NA”.',
    ],
    ['1,CBT,F,S1,20,1e16,2\n', 'line 2, m3: 1e16 is too large to be computed with.'],
    ['1,CBT,F,S1,20,-1e-31,2\n', 'line 2, m3: -1e-31 is too small to be computed with.'],
    ['1,CBT,F,S1,20,1\n', 'line 2: The row has 6 cells; the header has 7.'],
    ['', 'line 1: The file has a header and no rows.'],
  ])('%j', (rows, expected) => {
    expect(problems(head + rows)).toEqual([expected]);
  });
});

test('a binary measure is 0 or 1, whatever the estimator', () => {
  const binary = { variable: { kind: 'binary', measure: 'score' }, summary: 'odds-ratio', ...pair };
  const run = (lines: string[]) =>
    runAnalyses([{ estimator: { method: 'logistic', baseline: false }, estimand: binary }], small(lines));
  expect(() => run(['CBT 1 1 2', 'TAU 0 0 0'])).toThrow(Refused);
  const ones = ['CBT 1 1 1', 'CBT 0 0 1', 'CBT 1 0 0', 'TAU 0 0 1', 'TAU 0 1 0', 'TAU 1 1 0'];
  // (2·2)/(1·1)
  expect(find(run(ones), { measure: 'odds-ratio' }).estimate).toBeCloseTo(4, 8);
});
