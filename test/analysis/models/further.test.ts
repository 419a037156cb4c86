import { describe, expect, it } from 'vitest';
import { fitAnhecova, standardisedDifference } from '../../../analysis/models/anhecova.ts';
import type { Variable } from '../../../analysis/models/design.ts';
import { fitIndependenceGee } from '../../../analysis/models/generalised-estimating.ts';
import { reference, relativeError } from '../../reference/read.ts';
import { arms, sites, trial } from '../../reference/trial.ts';

const r = reference('further');
const close = (got: number, expected: number, limit = 1e-9) =>
  expect(relativeError(got, expected), `${got} for ${expected}`).toBeLessThan(limit);
const known = <T extends object>(result: T | { reason: string }): T => {
  if ('reason' in result) throw new Error(String(result.reason));
  return result as T;
};

it('GEE with independence and robust variance (geepack::geeglm)', () => {
  const { resp, arm, baseline, cluster, coef, se } = r.gee;
  const formula = {
    variables: {
      arm: { kind: 'factor' as const, levels: arms, values: arm },
      baseline: { kind: 'covariate' as const, values: baseline },
    },
    terms: [['arm'], ['baseline']],
  };
  const fit = known(fitIndependenceGee(formula, resp, cluster));
  fit.coefficients.forEach((b, j) => {
    close(b, coef[j], 1e-8);
    close(Math.sqrt(fit.covariance.data[j * 5]!), se[j], 1e-7);
  });
  expect(
    fitIndependenceGee(
      formula,
      resp,
      resp.map(() => 'one'),
    ),
  ).toHaveProperty('reason');
});

describe('ANHECOVA', () => {
  const rows = trial.filter((p) => p.m12 !== null);
  const variables: Record<string, Variable> = {
    arm: { kind: 'factor', levels: arms, values: rows.map((p) => p.arm) },
    baseline: { kind: 'covariate', values: rows.map((p) => p.baseline) },
    sex: { kind: 'factor', levels: ['F', 'M'], values: rows.map((p) => p.sex) },
    site: { kind: 'factor', levels: sites, values: rows.map((p) => p.site) },
  };
  const y = rows.map((p) => p.m12!);

  it('means and covariance by their definition (lm in R)', () => {
    const fit = known(fitAnhecova(variables, 'arm', [['baseline'], ['sex'], ['site']], y));
    fit.means.forEach((m, a) => {
      close(m, r.anhecova.means[a], 1e-10);
      for (let b = 0; b < 3; b++) close(fit.covariance.data[a * 3 + b]!, r.anhecova.v[a][b], 1e-8);
    });
    const d = known(standardisedDifference(fit, 'CBT', 'TAU'));
    close(d.estimate, r.anhecova.means[1] - r.anhecova.means[0], 1e-9);
  });

  it('without covariates it is the difference of means with separate variances', () => {
    const fit = known(fitAnhecova(variables, 'arm', [], y));
    const d = known(standardisedDifference(fit, 'CBT', 'TAU'));
    const own = (arm: string) => rows.filter((p) => p.arm === arm).map((p) => p.m12!);
    const stats = ['CBT', 'TAU'].map((a) => {
      const v = own(a);
      const mean = v.reduce((s, x) => s + x, 0) / v.length;
      return { mean, variance: v.reduce((s, x) => s + (x - mean) ** 2, 0) / (v.length - 1) / v.length };
    });
    close(d.estimate, stats[0]!.mean - stats[1]!.mean, 1e-11);
    close(d.se, Math.sqrt(stats[0]!.variance + stats[1]!.variance), 1e-11);
  });

  it('an arm too small for its regression is named', () => {
    const few = rows.map((p, i) => (p.arm === 'APP' && i > 20 ? 'TAU' : p.arm));
    const result = fitAnhecova(
      { ...variables, arm: { kind: 'factor', levels: arms, values: few } },
      'arm',
      [['baseline'], ['site']],
      y,
    );
    expect(result).toEqual({ reason: expect.stringContaining('APP') });
    expect(() => fitAnhecova(variables, 'arm', [['arm']], y)).toThrow(RangeError);
  });
});
