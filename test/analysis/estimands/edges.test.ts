import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlanResults } from '../../../analysis/estimands/results.ts';
import { checkResults } from '../../../server/analyses/results.ts';
import { Refused } from '../../../server/errors.ts';
import { find, response, runAnalyses, small } from './trial.ts';

const pair = { treatments: [['CBT', 'TAU']] };
const odds = { ...response, ...pair, summary: 'odds-ratio' };
const risk = { ...response, ...pair };
const likelihood = { method: 'likelihood' };

/** Every estimator, so that each edge goes through all of them. */
const everything = [
  { estimator: { method: 'risk-difference' }, estimand: risk },
  { estimator: { method: 'risk-difference' }, missing: { method: 'non-response' }, estimand: risk },
  { estimator: { method: 'risk-difference', interval: 'miettinen-nurminen' }, estimand: risk },
  {
    estimator: { method: 'risk-difference', interval: 'miettinen-nurminen', strata: ['sex'] },
    estimand: risk,
  },
  { estimator: { method: 'risk-difference', interval: 'mantel-haenszel', strata: ['sex'] }, estimand: risk },
  { estimator: { method: 'risk-ratio' }, estimand: { ...risk, summary: 'risk-ratio' } },
  { estimator: { method: 'risk-ratio', interval: 'katz' }, estimand: { ...risk, summary: 'risk-ratio' } },
  { estimator: { method: 'odds-ratio' }, estimand: odds },
  { estimator: { method: 'odds-ratio', interval: 'woolf' }, estimand: odds },
  { estimator: { method: 'odds-ratio', interval: 'exact' }, estimand: odds },
  { estimator: { method: 'odds-ratio', interval: 'mantel-haenszel', strata: ['sex'] }, estimand: odds },
  { estimator: { method: 'number-needed' }, estimand: { ...risk, summary: 'number-needed' } },
  ...['pearson', 'yates', 'n-1', 'likelihood-ratio'].map((variant) => ({
    estimator: { method: 'chi-square', variant },
    estimand: { ...risk, summary: 'association' },
  })),
  { estimator: { method: 'fisher' }, estimand: { ...risk, summary: 'association' } },
  {
    estimator: { method: 'cochran-mantel-haenszel', strata: ['sex'] },
    estimand: { ...risk, summary: 'association' },
  },
  { estimator: { method: 'logistic' }, estimand: odds },
  { estimator: { method: 'logistic', firth: 'never', interval: 'profile' }, estimand: odds },
  { estimator: { method: 'standardisation' }, estimand: risk },
  { estimator: { method: 'modified-poisson' }, estimand: { ...risk, summary: 'risk-ratio' } },
  { estimator: { method: 'welch' }, estimand: pair },
  { estimator: { method: 'mann-whitney' }, estimand: { ...pair, summary: 'shift' } },
  { estimator: { method: 'kruskal-wallis' }, estimand: { ...pair, summary: 'association' } },
  { estimator: { method: 'hedges-g' }, estimand: { ...pair, summary: 'standardised-difference' } },
  { estimator: { method: 'bootstrap', replicates: 100 }, estimand: pair },
  { estimator: { method: 'ancova', covariates: ['sex'] }, estimand: pair },
  { estimator: { method: 'ancova', errors: 'HC3' }, estimand: pair },
  { estimator: { method: 'mmrm' }, missing: likelihood, estimand: { ...pair, visits: ['m3', 'm12'] } },
  { estimator: { method: 'mmrm', structure: 'ar1' }, missing: likelihood, estimand: pair },
  { estimator: { method: 'random-intercept' }, missing: likelihood, estimand: pair },
  {
    estimator: { method: 'ancova' },
    missing: { method: 'multiple-imputation', imputations: 3 },
    estimand: pair,
  },
  {
    estimator: { method: 'risk-difference' },
    missing: { method: 'multiple-imputation', imputations: 3, model: 'chained' },
    estimand: risk,
  },
  {
    estimator: { method: 'ancova' },
    missing: { method: 'reference-based', strategy: 'J2R' },
    estimand: pair,
  },
];

/** Every row has numbers or a reason, the file keeps to its schema, and JSON loses nothing. */
function sound(results: PlanResults): PlanResults {
  expect(checkResults(results).error?.issues ?? []).toEqual([]);
  expect(JSON.parse(JSON.stringify(results))).toEqual(results);
  for (const row of results.rows)
    if (row.estimate === null && row.p === null) expect(row.reason, JSON.stringify(row)).toMatch(/\.$/);
  return results;
}

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

describe('each edge gives a reason in place of numbers, in every estimator', () => {
  test.each<[string, string[]]>([
    ['nothing odd', usual],
    [
      'zero cells: nobody in one arm responded',
      usual.map((l) => (l[0] === 'T' ? l.replace(/\d+$/, '20') : l)),
    ],
    ['everybody responded', usual.map((l) => l.replace(/\d+$/, '2'))],
    ['nobody responded', usual.map((l, i) => l.replace(/\d+$/, String(30 + i)))],
    ['a constant outcome', usual.map((l) => l.replace(/\d+ \d+$/, '20 20'))],
    ['an empty arm', usual.filter((l) => l[0] === 'C')],
    ['all missing in one arm', usual.map((l) => (l[0] === 'T' ? l.replace(/\d+ \d+$/, '- -') : l))],
    ['all missing at the visit', usual.map((l) => l.replace(/\d+$/, '-'))],
    ['all missing after baseline', usual.map((l) => l.replace(/\d+ \d+$/, '- -'))],
    ['no baseline', usual.map((l) => l.replace(/ \d+/, ' -'))],
    ['one participant at a visit', usual.map((l, i) => (i === 0 ? l : l.replace(/\d+$/, '-')))],
    ['one participant in each arm', [usual[0]!, usual[5]!]],
    ['a singular covariance: the visits are the same', usual.map((l) => l.replace(/\d+ (\d+)$/, '$1 $1'))],
    ['a baseline that is the outcome', usual.map((l) => l.replace(/(\d+) (\d+) \d+$/, '$1 $2 $1'))],
    ['baseline zero', usual.map((l) => l.replace(/ \d+/, ' 0'))],
  ])('%s', (_, lines) => {
    sound(runAnalyses(everything, small(lines)));
  });

  test('whatever the data', () => {
    const score = fc.oneof(fc.constant('-'), fc.integer({ min: 0, max: 4 }).map(String));
    const line = fc
      .tuple(fc.constantFrom('CBT', 'TAU', 'APP'), score, score, score)
      .map((cells) => cells.join(' '));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 14 }), (lines) => {
        sound(runAnalyses(everything, small(lines)));
      }),
      { numRuns: 40 },
    );
  });
});

describe('what the reasons say', () => {
  const separated = small(usual.map((l) => (l[0] === 'T' ? l.replace(/\d+$/, '20') : l)));

  test('an infinite limit is null, and named', () => {
    const results = runAnalyses([everything[5]!, everything[9]!], separated);
    expect(find(results, { measure: 'risk-ratio' })).toMatchObject({ estimate: null, upper: null });
    expect(find(results, { measure: 'odds-ratio' }).reason).toContain('The upper limit is infinite.');
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
    const results = runAnalyses([everything[0]!], small(usual.filter((l) => l[0] === 'C')));
    expect(find(results, { measure: 'risk-difference' }).reason).toBe(
      'Nobody in Usual care is in this population.',
    );
  });
});

describe('data that contradict themselves or the plan are refused with line and column', () => {
  const problems = (csv: string) => {
    try {
      runAnalyses([everything[0]!], csv);
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
