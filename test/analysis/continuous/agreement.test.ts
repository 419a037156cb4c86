import { describe, expect, it } from 'vitest';
import { intraclass } from '../../../analysis/continuous/intraclass.ts';
import { cohenKappa } from '../../../analysis/proportions/kappa.ts';
import { reference, relativeError } from '../../reference/read.ts';

const r = reference('further');
const close = (got: number, expected: number, limit = 1e-9) =>
  expect(relativeError(got, expected), `${got} for ${expected}`).toBeLessThan(limit);
const known = <T extends object>(result: T | { reason: string }): T => {
  if ('reason' in result) throw new Error(String(result.reason));
  return result as T;
};

describe('agreement of raters', () => {
  it('Shrout & Fleiss 1979, Table 2: .17 .29 .71 and .44 .62 .91; limits as psych::ICC', () => {
    const i = known(intraclass(r.ratings));
    const forms = [
      i.oneWay.single,
      i.agreement.single,
      i.consistency.single,
      i.oneWay.mean,
      i.agreement.mean,
      i.consistency.mean,
    ];
    expect(forms.map((f) => Number(f.estimate.toFixed(2)))).toEqual([0.17, 0.29, 0.71, 0.44, 0.62, 0.91]);
    forms.forEach((f, k) => {
      const [icc, stat, df1, df2, p, lower, upper] = r.icc[k];
      close(f.estimate, icc);
      close(f.f, stat);
      expect([f.df1, f.df2]).toEqual([df1, df2]);
      close(f.p, p);
      close(f.lower, lower, 1e-8);
      close(f.upper, upper, 1e-8);
    });
  });

  it('raters that differ by a constant leave no residual', () => {
    expect(
      intraclass([
        [1, 2],
        [3, 4],
        [6, 7],
      ]),
    ).toHaveProperty('reason');
    expect(intraclass([[1, 2]])).toHaveProperty('reason');
    expect(() => intraclass([[1, 2], [1]])).toThrow(RangeError);
  });

  it('Cohen’s κ, linear and quadratic (vcd::Kappa)', () => {
    (['none', 'linear', 'quadratic'] as const).forEach((weights, k) => {
      const result = known(cohenKappa(r.table, weights));
      close(result.estimate, r.kappa[2 * k]);
      close(result.se, r.kappa[2 * k + 1], 1e-8);
    });
    expect(
      cohenKappa([
        [4, 0],
        [0, 0],
      ]),
    ).toHaveProperty('reason');
    expect(() => cohenKappa([[4, 0]])).toThrow(RangeError);
  });
});
