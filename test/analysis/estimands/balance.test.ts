import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { reportFigures } from '../../../analysis/report/figures.ts';
import { reference, relativeError } from '../../reference/read.ts';
import { find, frame, type Given, runAnalyses, small, TRIAL } from './trial.ts';

const r = reference('balance');
const ARMS = ['CBT', 'APP'] as const;
const withAge = {
  data: {
    ...frame.data,
    covariates: [...frame.data.covariates, { id: 'age', label: 'Age', column: 'age', kind: 'number' }],
  },
};
const balance = (covariates: string[], more = {}): Given => ({
  estimator: { method: 'balance', covariates },
  estimand: { visits: ['baseline'], summary: 'standardised-difference', ...more },
});
const close = (got: number | null, expected: number) =>
  expect(relativeError(got, expected), `${got} for ${expected}`).toBeLessThan(1e-8);

describe('standardised differences at baseline (R 4.2.2, test/reference/balance.R)', () => {
  const results = runAnalyses([balance(['age', 'sex', 'site'])], readFileSync(TRIAL, 'utf8'), withAge);
  const at = (arm: string, covariate: string) =>
    results.rows.find((row) => row.arm === arm && row.covariate === covariate)!;

  test.each(ARMS)('%s against usual care', (arm) => {
    close(at(arm, 'Score').estimate, r[arm].baseline);
    close(at(arm, 'Age').estimate, r[arm].age);
    close(at(arm, 'Age').se, r[arm].spread);
    if (r[arm].sex === 0) expect(at(arm, 'Sex: F').estimate).toBe(0);
    else close(at(arm, 'Sex: F').estimate, r[arm].sex);
    close(at(arm, 'Site, all levels').estimate, r[arm].site);
    expect(at(arm, 'Site, all levels').se).toBeNull();
    const sites: number[] = r[arm].sites;
    sites.forEach((value, i) => {
      const own = at(arm, `Site: S${i + 1}`).estimate!;
      expect(Math.abs(own - value)).toBeLessThan(1e-12);
    });
  });

  test('no row has a p-value or an interval; the methods say why', () => {
    for (const { p, lower, upper } of results.rows) expect([p, lower, upper]).toEqual([null, null, null]);
    expect(results.analyses[0]!.method).toContain('every difference arose by chance');
    expect(results.analyses[0]!.estimand.variable).toBe('Covariates at Baseline');
  });

  test('the report draws a Love plot, without the distance that has no sign', () => {
    const [figure, ...others] = reportFigures(results).filter(({ analysis }) => analysis === 'a0');
    expect(others).toEqual([]);
    expect(figure!.chart.title).toBe('Balance at baseline');
    expect(figure!.chart.table.rows).toHaveLength(2 * (2 + 1 + 4));
    expect(JSON.stringify(figure!.chart.table.rows)).not.toContain('all levels');
  });
});

test('what can’t be compared says why', () => {
  const one = runAnalyses(
    [balance(['sex'])],
    small(['CBT 20 - -', 'CBT 20 - -', 'TAU 20 - -', 'TAU 20 - -']),
  );
  expect(
    find({ ...one, rows: one.rows.filter((row) => row.covariate === 'Score') }, { arm: 'CBT' }),
  ).toMatchObject({ estimate: null, se: null, reason: 'The variable is constant.' });
  for (const row of one.rows.filter(({ arm }) => arm === 'APP')) expect(row.reason).toMatch(/^Nobody in App/);
});

test('a plan that asks balance of another visit, or of nothing, is refused with line and column', () => {
  const asked = (given: Given) => () => runAnalyses([given]);
  expect(asked(balance(['sex'], { visits: ['m12'] }))).toThrow(/Balance is of the baseline/);
  expect(
    asked({ ...balance([]), estimator: { method: 'balance', covariates: [], baseline: false } }),
  ).toThrow(/nothing to compare/);
  expect(asked({ estimator: { method: 'ancova' }, estimand: { visits: ['baseline'] } })).toThrow(
    /before treatment/,
  );
});
