import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { imputeStudy } from '../../../server/analyses/imputeStudy.ts';
import { planDocument } from '../../../server/analyses/plan.ts';
import { planOf, TRIAL } from './trial.ts';

const data = readFileSync(TRIAL, 'utf8');
const planWith = (baseline: boolean, visits = ['m12']) =>
  planDocument.parse(
    planOf([
      {
        estimator: { method: 'ancova', covariates: [], baseline },
        missing: { method: 'multiple-imputation', imputations: 8 },
        estimand: { treatments: [['CBT', 'TAU']], visits },
      },
    ]),
  );
const plan = planWith(true);
const gridOf = (document: typeof plan) => {
  const result = imputeStudy({
    plan: document,
    data,
    seed: 3,
    penalties: { first: [0, 3, 6], second: [-3, 0] },
  });
  if (!('cells' in result)) throw new Error(JSON.stringify(result));
  return (first: number, second: number) =>
    result.cells.find((cell) => cell.first === first && cell.second === second)!;
};

test('with nothing added it is the plan’s own analysis of imputed data', () => {
  const result = imputeStudy({ plan, data, seed: 3, penalties: null });
  if (!('rows' in result)) throw new Error('no rows');
  const row = result.rows.find(({ versus }) => versus !== null)!;
  const { estimate, lower, upper } = gridOf(plan)(0, 0);
  expect({ estimate, lower, upper }).toEqual({
    estimate: row.estimate,
    lower: row.lower,
    upper: row.upper,
  });
});

test('without covariates a penalty moves the difference by the share of the arm that is missing', () => {
  // Rows of test/reference/trial3.csv: id, arm, …, with an empty or NA cell at month 12.
  const [header, ...rows] = data
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('"', '').split(','));
  const column = (name: string) => header!.indexOf(name);
  const missing = (arm: string) => {
    const own = rows.filter((row) => row[column('arm')] === arm);
    return own.filter((row) => ['', 'NA'].includes(row[column('m12')]!)).length / own.length;
  };
  expect(missing('CBT')).toBeGreaterThan(0);
  const cell = gridOf(planWith(false));
  const start = cell(0, 0).estimate;
  expect(cell(6, 0).estimate - start).toBeCloseTo(6 * missing('CBT'), 10);
  expect(cell(3, -3).estimate - start).toBeCloseTo(3 * missing('CBT') + 3 * missing('TAU'), 10);
});

test('a visit that isn’t there, and a table without rows, give a reason', () => {
  const nowhere = planWith(true, ['m3']);
  nowhere.analyses[0]!.estimand.visits = ['m24'];
  for (const work of [
    { plan: nowhere, data },
    { plan, data: data.split('\n')[0]! },
  ])
    expect(imputeStudy({ ...work, seed: 3, penalties: { first: [0], second: [0] } })).toHaveProperty(
      'reason',
    );
});
