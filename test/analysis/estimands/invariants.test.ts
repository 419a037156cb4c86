import { describe, expect, test } from 'vitest';
import type { EstimateRow } from '../../../analysis/estimands/results.ts';
import { everything, runEverything, trialOf } from './everything.ts';
import type { Given } from './trial.ts';

const csv = trialOf(27, 11);
const plain = runEverything(csv);
const methodOf = (id: string) => everything[Number(id.slice(1))]!;
const compared = (rows: readonly EstimateRow[]) => rows.filter((row) => row.versus !== null);
const drawn = ({ estimator, missing }: Given) =>
  estimator.method === 'bootstrap' ||
  estimator.variance === 'bootstrap' ||
  missing?.method === 'multiple-imputation' ||
  missing?.inference === 'rubin';
const size = (row: EstimateRow) => Math.max(1, Math.abs(row.estimate ?? 0));
const numbers = ['estimate', 'se', 'lower', 'upper', 'p', 'pAdjusted'] as const;

function near(
  got: EstimateRow,
  expected: EstimateRow,
  limit: number,
  keys: readonly (keyof EstimateRow)[] = numbers,
) {
  for (const key of keys) {
    const [a, b] = [got[key] as number | null, expected[key] as number | null];
    const said = `${key} of ${JSON.stringify(methodOf(got.analysis))}: ${a} for ${b}`;
    if (a === null || b === null) expect(a, said).toBe(b);
    else expect(Math.abs(a - b), said).toBeLessThan(limit * Math.max(1, Math.abs(b)));
  }
}

describe('every method and option of a plan', () => {
  test('has numbers for an ordinary trial', () => {
    for (const row of compared(plain.rows)) {
      // Nine people an arm are too few for five visits' covariance of their own.
      if (methodOf(row.analysis).estimator.covariances === 'by-arm') continue;
      // A difference of nothing has no number needed.
      if (row.measure === 'number-needed') continue;
      expect(row.estimate ?? row.p, JSON.stringify({ ...row, of: methodOf(row.analysis) })).not.toBeNull();
    }
  });

  test('has its estimate within its interval', () => {
    for (const row of plain.rows) {
      const { estimate, lower, upper } = row;
      // A bootstrap interval may leave out the estimate; it doesn't here, but nothing says that it must not.
      if (estimate === null || drawn(methodOf(row.analysis))) continue;
      const slack = 1e-9 * size(row);
      if (lower !== null) expect(lower, JSON.stringify(row)).toBeLessThanOrEqual(estimate + slack);
      if (upper !== null) expect(upper, JSON.stringify(row)).toBeGreaterThanOrEqual(estimate - slack);
    }
  });

  test('gives the same numbers for the same rows in another order', () => {
    const [head, ...rows] = csv.trim().split('\n');
    const turned = [head, ...rows.toReversed()].join('\n');
    expect(runEverything(`${turned}\n`).rows).toEqual(plain.rows);
  });

  test('changes its sign, or is inverted, when the arms change places', () => {
    const turned = runEverything(
      csv,
      everything.map((one) => ({
        ...one,
        estimand: {
          treatments: [
            ['TAU', 'CBT'],
            ['TAU', 'APP'],
          ],
          ...one.estimand,
        },
        // Dunnett's comparisons are with the reference.
        ...(one.adjust === 'dunnett' && { adjust: 'none' as const }),
      })),
    );
    const pairs = compared(plain.rows).map((row) => ({
      row,
      back: turned.rows.find(
        (other) =>
          other.analysis === row.analysis &&
          other.visit === row.visit &&
          other.delta === row.delta &&
          other.covariate === row.covariate &&
          other.arm === row.versus &&
          other.versus === row.arm &&
          other.measure === row.measure,
      )!,
    }));
    expect(pairs.length).toBeGreaterThan(200);
    for (const { row, back } of pairs) {
      const given = methodOf(row.analysis);
      if (given.adjust === 'dunnett' || row.measure === 'number-needed') continue;
      const isRatio = row.measure === 'risk-ratio' || row.measure === 'odds-ratio';
      const turn = (v: number | null) => (v === null ? null : isRatio ? 1 / v : -v);
      // The interval of a plain bootstrap is drawn from another stream when its arms change places.
      const own = given.estimator.method === 'bootstrap' || given.estimator.method === 'rerandomisation';
      near(
        back,
        { ...row, estimate: turn(row.estimate), lower: turn(row.upper), upper: turn(row.lower) },
        1e-6,
        own ? ['estimate'] : ['estimate', 'lower', 'upper', 'p'],
      );
    }
  });

  test('doesn’t move when the same is added to everybody’s score', () => {
    const values = everything.filter(({ estimand }) => !('variable' in (estimand ?? {})));
    const [one, other] = [runEverything(csv, values), runEverything(trialOf(27, 11, 100), values)];
    expect(one.rows.length).toBeGreaterThan(300);
    compared(one.rows).forEach((row, i) => {
      const given = values[Number(row.analysis.slice(1))]!;
      // Imputations are drawn in the coordinates of the regression, which turn with the scale.
      if (given.missing?.method === 'multiple-imputation' || given.missing?.inference === 'rubin') return;
      const moved = compared(other.rows)[i]!;
      for (const key of numbers) {
        const [a, b] = [row[key], moved[key]];
        if (a === null || b === null) expect(a, `${key} of ${JSON.stringify(given)}`).toBe(b);
        else
          expect(
            Math.abs(a - b) / Math.max(1, Math.abs(a)),
            `${key} of ${JSON.stringify(given)}: ${a}, ${b}`,
          ).toBeLessThan(1e-5);
      }
    });
  });
});
