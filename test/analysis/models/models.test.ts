import { describe, expect, it } from 'vitest';
import { fromRows } from '../../../analysis/linear/matrix.ts';
import { linearContrast, waldTest } from '../../../analysis/models/contrast.ts';
import type { Formula } from '../../../analysis/models/design.ts';
import { differenceRow, meanRow } from '../../../analysis/models/least-squares-means.ts';
import { fitLinear, type LinearModel, typeThree } from '../../../analysis/models/linear-model.ts';
import { fitLogistic, likelihoodRatioTest } from '../../../analysis/models/logistic.ts';
import { marginalEffects, marginalRisks } from '../../../analysis/models/marginal.ts';
import { fitModifiedPoisson } from '../../../analysis/models/modified-poisson.ts';
import { profileInterval } from '../../../analysis/models/profile-likelihood.ts';
import { type RobustKind, robustCovariance } from '../../../analysis/models/robust.ts';
import { reference, relativeError } from '../../reference/read.ts';
import { arms, sites, type TrialRow, trial } from '../../reference/trial.ts';

const r = reference('models');
const close = (got: number, expected: number, limit = 1e-9) =>
  expect(relativeError(got, expected), `${got} for ${expected}`).toBeLessThan(limit);
const known = <T extends object>(result: T | { reason: string }): T => {
  if ('reason' in result) throw new Error(String(result.reason));
  return result as T;
};
const formula = (rows: TrialRow[], terms: string[][]): Formula => ({
  variables: {
    arm: { kind: 'factor', levels: arms, values: rows.map((p) => p.arm) },
    sex: { kind: 'factor', levels: ['F', 'M'], values: rows.map((p) => p.sex) },
    site: { kind: 'factor', levels: sites, values: rows.map((p) => p.site) },
    baseline: { kind: 'covariate', values: rows.map((p) => p.baseline) },
  },
  terms,
});
const main = [['arm'], ['baseline'], ['sex'], ['site']];
const complete = trial.filter((p) => p.m12 !== null);
const m12 = complete.map((p) => p.m12!);
const responded = trial.filter((p) => p.resp12 !== null);
const response = responded.map((p) => p.resp12 as number);

describe('ANCOVA of month 12 (lm, emmeans, sandwich, car)', () => {
  const model = known(fitLinear(formula(complete, main), m12)) as LinearModel;

  it('coefficients, residual variance and R²', () => {
    expect(model.design.names).toEqual(r.ancova.names);
    model.coefficients.forEach((b, j) => {
      close(b, r.ancova.coef[j], 1e-10);
      close(Math.sqrt(model.covariance.data[j * 9]!), r.ancova.se[j], 1e-10);
    });
    close(model.sigma, r.ancova.sigma, 1e-12);
    expect(model.df).toBe(r.ancova.df);
    close(model.r2!, r.ancova.r2, 1e-11);
  });

  it.each(['equal', 'observed'] as const)('adjusted means with %s weights', (weights) => {
    arms.forEach((arm, a) => {
      const e = known(linearContrast(model, meanRow(model.design, { arm }, weights)));
      [e.estimate, e.se, e.lower, e.upper].forEach((v, i) => {
        close(v, r.ancova[weights][a][i], 1e-10);
      });
    });
  });

  it('observed weights under an interaction with the averaged factor', () => {
    const inter = known(
      fitLinear(formula(complete, [['arm'], ['sex'], ['baseline'], ['site'], ['arm', 'sex']]), m12),
    );
    arms.forEach((arm, a) => {
      const e = known(linearContrast(inter, meanRow(inter.design, { arm }, 'observed')));
      close(e.estimate, r.ancova.observed_inter[a], 1e-10);
      close(e.se, r.ancova.observed_inter_se[a], 1e-10);
    });
  });

  it('a pairwise difference is the coefficient, whatever the weights', () => {
    const [tau, cbt] = ['TAU', 'CBT'].map((arm) => meanRow(model.design, { arm }, 'observed'));
    const e = known(linearContrast(model, differenceRow(cbt!, tau!)));
    close(e.estimate, -3.63389083950058, 1e-11);
    close(e.p, 0.0033955432843885, 1e-9);
    close(e.lower, -6.03827053303156, 1e-10);
  });

  it.each(['HC0', 'HC1', 'HC2', 'HC3', 'HC4'] as RobustKind[])('%s standard errors', (kind) => {
    const v = known(robustCovariance(model, kind));
    const expected = r.ancova.hc[Number(kind[2])] as number[];
    expected.forEach((se, j) => {
      close(Math.sqrt(v.data[j * 9]!), se, 1e-10);
    });
  });

  it('type III tests with an interaction (car::Anova, contr.sum)', () => {
    const inter = known(fitLinear(formula(complete, [['arm'], ['sex'], ['baseline'], ['arm', 'sex']]), m12));
    const tests = known(typeThree(inter));
    expect(tests.map((t) => t.term)).toEqual(r.type3.terms);
    tests.forEach((t, i) => {
      close(t.f, r.type3.f[i], 1e-9);
      close(t.p, r.type3.p[i], 1e-9);
      close(t.sumOfSquares, r.type3.ss[i], 1e-9);
    });
  });

  it('says why it can’t: collinear terms, too few rows, a constant outcome, NaN', () => {
    const doubled: Formula = {
      ...formula(complete, [['arm'], ['baseline'], ['again']]),
      variables: {
        ...formula(complete, []).variables,
        again: { kind: 'covariate', values: complete.map((p) => 2 * p.baseline + 1) },
      },
    };
    expect(fitLinear(doubled, m12)).toEqual({ reason: expect.stringContaining('again') });
    expect(fitLinear(formula(complete.slice(0, 3), main), m12.slice(0, 3))).toHaveProperty('reason');
    expect(
      fitLinear(
        formula(complete, [['arm']]),
        m12.map(() => 4),
      ),
    ).toHaveProperty('reason');
    expect(() => fitLinear(formula(complete, main), m12.with(3, Number.NaN))).toThrow(RangeError);
  });

  it('HC3 is refused where one person alone determines a parameter', () => {
    const lone = complete.map((p, i) => (i === 0 ? 'S9' : p.site));
    const f = formula(complete, [['arm'], ['lone']]);
    const fit = known(
      fitLinear(
        {
          ...f,
          variables: { ...f.variables, lone: { kind: 'factor', levels: [...sites, 'S9'], values: lone } },
        },
        m12,
      ),
    );
    expect(robustCovariance(fit, 'HC3')).toHaveProperty('reason');
    expect(robustCovariance(fit, 'HC0')).not.toHaveProperty('reason');
  });
});

describe('logistic regression of response (glm)', () => {
  const model = known(fitLogistic(formula(responded, main), response));

  it('coefficients, standard errors, log-likelihood and likelihood-ratio test', () => {
    model.coefficients.forEach((b, j) => {
      close(b, r.logistic.coef[j], 1e-9);
      close(Math.sqrt(model.covariance.data[j * 9]!), r.logistic.se[j], 1e-9);
    });
    close(model.logLikelihood, r.logistic.loglik, 1e-12);
    const smaller = known(fitLogistic(formula(responded, main.slice(1)), response));
    close(likelihoodRatioTest(model, smaller).statistic, r.logistic.lr, 1e-10);
    close(likelihoodRatioTest(model, smaller).p, 0.00673093402955801, 1e-9);
    close(
      known(
        waldTest(
          model,
          fromRows([
            [0, 1, 0, 0, 0, 0, 0, 0],
            [0, 0, 1, 0, 0, 0, 0, 0],
          ]),
        ),
      ).f * 2,
      8.58165769632525,
      1e-8,
    );
  });

  it('profile-likelihood limits (uniroot on glm.fit with an offset)', () => {
    [1, 2].forEach((column, i) => {
      const { lower, upper } = known(profileInterval(model, column));
      close(lower, r.logistic.profile[i][0], 1e-9);
      close(upper, r.logistic.profile[i][1], 1e-9);
    });
  });

  it('separation is recognised, and Firth’s fit is finite: 0/15 against 6/15 has the odds ratio of cells + ½', () => {
    const group = Array.from({ length: 30 }, (_, i) => (i < 15 ? 'a' : 'b'));
    const y = group.map((_, i) => (i >= 24 ? 1 : 0));
    const f: Formula = {
      variables: { g: { kind: 'factor', levels: ['a', 'b'], values: group } },
      terms: [['g']],
    };
    expect(fitLogistic(f, y)).toEqual({ reason: expect.stringContaining('separate') });
    const firth = known(fitLogistic(f, y, { penalised: true }));
    close(firth.coefficients[1]!, Math.log((6.5 * 15.5) / (9.5 * 0.5)), 1e-10);
    const { lower, upper } = known(profileInterval(firth, 1));
    expect(lower).toBeGreaterThan(0);
    expect(upper).toBeLessThan(10);
    // A covariate that orders the outcomes perfectly.
    const x: Formula = {
      variables: { x: { kind: 'covariate', values: y.map((_, i) => i * 100) } },
      terms: [['x']],
    };
    expect(fitLogistic(x, y)).toEqual({ reason: expect.stringContaining('separate') });
  });

  it('Firth’s estimates and profile limits (own Newton and optim in R)', () => {
    const firth = known(
      fitLogistic(formula(responded, [['arm'], ['baseline'], ['sex']]), response, { penalised: true }),
    );
    firth.coefficients.forEach((b, j) => {
      close(b, r.firth.coef[j], 1e-9);
    });
    close(firth.logLikelihood, r.firth.loglik, 1e-10);
    const { lower, upper } = known(profileInterval(firth, 1));
    close(lower, r.firth.profile[0], 1e-5);
    close(upper, r.firth.profile[1], 1e-5);
  });

  it('constant outcome, too few rows, values that aren’t 0 or 1', () => {
    expect(
      fitLogistic(
        formula(responded, main),
        response.map(() => 1),
      ),
    ).toHaveProperty('reason');
    expect(fitLogistic(formula(responded.slice(0, 4), main), response.slice(0, 4))).toHaveProperty('reason');
    expect(() => fitLogistic(formula(responded, main), response.with(0, 2))).toThrow(RangeError);
  });
});

describe('marginal risks from the logistic model (beeca 0.2.0, RobinCar2 0.2.3)', () => {
  const model = known(fitLogistic(formula(responded, main), response));

  it('risks', () => {
    const { risks } = known(marginalRisks(model, 'arm'));
    [0.159050106950309, 0.379390296295922, 0.470558656447743].forEach((v, a) => {
      close(risks[a]!, v, 1e-9);
    });
  });

  it('covariances: Ge with HC0, Ge model-based', () => {
    const hc0 = known(marginalRisks(model, 'arm', 'ge')).covariance.data;
    close(hc0[0]!, 0.0036920830901676, 1e-9);
    close(hc0[1]!, -0.000178094150269276, 1e-8);
    close(hc0[8]!, 0.00552919159018982, 1e-9);
    const plain = known(marginalRisks(model, 'arm', 'ge-model')).covariance.data;
    close(plain[0]!, 0.00329147752075561, 1e-9);
    close(plain[5]!, -2.09030269871812e-5, 1e-7);
  });

  it.each([
    [
      'ge',
      'CBT',
      0.0947887349599932,
      1.02916154325852,
      0.431450817594811,
      1.79013540149774,
      0.55383713261155,
    ],
    [
      'ge',
      'APP',
      0.0964147980588933,
      1.22670113346784,
      0.41462832274087,
      2.56401433497172,
      0.545617610759264,
    ],
    [
      'ye',
      'CBT',
      0.0936250129810665,
      1.02244641707648,
      0.428635665104444,
      1.77047940547185,
      0.547755905197974,
    ],
    [
      'ye',
      'APP',
      0.0978946081715367,
      1.24607176148422,
      0.421175647745914,
      2.60073790407512,
      0.553432319811181,
    ],
  ] as const)('%s: %s against TAU', (variance, arm, rd, rr, logrr, or, logor) => {
    const e = marginalEffects(known(marginalRisks(model, 'arm', variance)), arm, 'TAU');
    close(known(e.difference).se, rd, 1e-9);
    close(known(e.ratio).se, rr, 1e-9);
    close(known(e.ratio).logSe!, logrr, 1e-9);
    close(known(e.odds).se, or, 1e-9);
    close(known(e.odds).logSe!, logor, 1e-9);
  });

  it('without covariates it is the plain difference of proportions', () => {
    const plain = known(fitLogistic(formula(responded, [['arm']]), response));
    const e = known(marginalEffects(known(marginalRisks(plain, 'arm')), 'CBT', 'TAU').difference);
    const share = (arm: string) => {
      const own = responded.filter((p) => p.arm === arm);
      return own.filter((p) => p.resp12 === 1).length / own.length;
    };
    close(e.estimate, share('CBT') - share('TAU'), 1e-10);
  });
});

describe('modified Poisson (glm(poisson) with sandwich)', () => {
  it('log risk ratios and robust standard errors', () => {
    const fit = known(fitModifiedPoisson(formula(responded, [['arm'], ['baseline'], ['site']]), response));
    fit.coefficients.forEach((b, j) => {
      close(b, r.poisson.coef[j], 1e-9);
      close(Math.sqrt(fit.covariance.data[j * 8]!), r.poisson.se[j], 1e-8);
    });
  });

  it('an arm without events has no risk ratio', () => {
    const none = response.map((v, i) => (responded[i]!.arm === 'CBT' ? 0 : v));
    expect(fitModifiedPoisson(formula(responded, [['arm']]), none)).toHaveProperty('reason');
    expect(
      fitModifiedPoisson(
        formula(responded, [['arm']]),
        none.map(() => 0),
      ),
    ).toHaveProperty('reason');
  });
});
