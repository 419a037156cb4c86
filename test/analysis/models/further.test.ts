import { describe, expect, it } from 'vitest';
import { fitAnhecova, standardisedDifference } from '../../../analysis/models/anhecova.ts';
import type { Variable } from '../../../analysis/models/design.ts';
import { fitIndependenceGee } from '../../../analysis/models/generalised-estimating.ts';
import { fitLogistic } from '../../../analysis/models/logistic.ts';
import { fitProportionalOdds } from '../../../analysis/models/proportional-odds.ts';
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

describe('proportional odds of severity (MASS::polr, polished)', () => {
  const rows = trial.filter((p) => p.m12 !== null);
  const formula = {
    variables: {
      arm: { kind: 'factor' as const, levels: arms, values: rows.map((p) => p.arm) },
      baseline: { kind: 'covariate' as const, values: rows.map((p) => p.baseline) },
    },
    terms: [['arm'], ['baseline']],
  };

  it('slopes, cut-points, standard errors', () => {
    const fit = known(fitProportionalOdds(formula, r.polr.y, 4));
    expect(fit.names).toEqual(['armCBT', 'armAPP', 'baseline']);
    fit.coefficients.forEach((b, j) => {
      close(b, r.polr.coef[j], 1e-7);
      // The reference's Hessian is by differences.
      close(Math.sqrt(fit.covariance.data[j * 7]!), r.polr.se[j], 1e-4);
    });
    close(fit.logLikelihood, r.polr.loglik, 1e-11);
  });

  it('two categories are logistic regression', () => {
    const y = (r.polr.y as number[]).map((v) => Number(v > 1));
    const two = known(fitProportionalOdds(formula, y, 2));
    const logistic = known(fitLogistic(formula, y));
    two.slopes.forEach((b, j) => {
      close(b, logistic.coefficients[j + 1]!, 1e-9);
    });
    close(two.cuts[0]!, -logistic.coefficients[0]!, 1e-9);
  });

  it('an empty category, separation, odd categories', () => {
    expect(fitProportionalOdds(formula, r.polr.y, 5)).toHaveProperty('reason');
    const ordered = rows.map((p) => p.baseline).sort((a, b) => a - b);
    const split = {
      variables: { x: { kind: 'covariate' as const, values: ordered.map((_, i) => i) } },
      terms: [['x']],
    };
    expect(
      fitProportionalOdds(
        split,
        ordered.map((_, i) => Number(i > 50)),
        2,
      ),
    ).toHaveProperty('reason');
    expect(() =>
      fitProportionalOdds(
        formula,
        r.polr.y.map(() => 0.5),
        4,
      ),
    ).toThrow(RangeError);
  });
});
