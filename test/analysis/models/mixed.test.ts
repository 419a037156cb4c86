import { describe, expect, it } from 'vitest';
import type { StructureName } from '../../../analysis/models/covariance.ts';
import { mixedContrast, mixedTest } from '../../../analysis/models/degrees.ts';
import type { Formula } from '../../../analysis/models/design.ts';
import { differenceRow, meanRow } from '../../../analysis/models/least-squares-means.ts';
import { fitMmrm, type MmrmFit } from '../../../analysis/models/mmrm.ts';
import {
  fitPartiallyNested,
  fitRandomIntercept,
  fitRandomSlope,
  type RandomFit,
} from '../../../analysis/models/random-effects.ts';
import { reference, relativeError } from '../../reference/read.ts';
import { arms, sites, trial } from '../../reference/trial.ts';

const r = reference('mixed');
const close = (got: number | null | undefined, expected: number, limit = 1e-8) =>
  expect(relativeError(got, expected), `${got} for ${expected}`).toBeLessThan(limit);
const fitted = <T extends { converged: boolean }>(result: T | { converged: false; reason: string }): T => {
  if (!result.converged) throw new Error((result as { reason: string }).reason);
  return result as T;
};
const known = <T extends object>(result: T | { reason: string }): T => {
  if ('reason' in result) throw new Error(String(result.reason));
  return result as T;
};

const d = r.data as { id: string[]; arm: string[]; base: number[]; visit: string[]; y: number[] };
const visits = ['1', '2', '3', '4'];
const formula: Formula = {
  variables: {
    arm: { kind: 'factor', levels: ['A', 'B'], values: d.arm },
    visit: { kind: 'factor', levels: visits, values: d.visit },
    base: { kind: 'covariate', values: d.base },
  },
  terms: [['arm'], ['visit'], ['base'], ['arm', 'visit']],
};
const input = { formula, y: d.y, subject: d.id, visit: d.visit, visits };
const final = [0, 1, 0, 0, 0, 0, 0, 0, 1];
const early = [0, 1, 0, 0, 0, 0, 0, 0, 0];

const names: [string, StructureName][] = [
  ['un', 'unstructured'],
  ['toep', 'toeplitz'],
  ['ar1', 'ar1'],
  ['arh1', 'heterogeneous-ar1'],
  ['toeph', 'heterogeneous-toeplitz'],
  ['cs', 'compound-symmetry'],
  ['csh', 'heterogeneous-compound-symmetry'],
];

describe('repeated measures, two arms at four visits with gaps (dense formulas in R)', () => {
  /** R's lower triangle runs down columns, ours along rows. */
  const order = (key: string, theta: number[]) =>
    key === 'un' ? [0, 1, 4, 2, 5, 7, 3, 6, 8, 9].map((i) => theta[i]!) : theta;

  it.each(names)('%s by REML', (key, structure) => {
    const expected = r.fits[key];
    const fit = fitted(fitMmrm({ ...input, structure })) as MmrmFit;
    expect(fit.design.names).toEqual(r.names);
    expect(fit.maximum.gradient).toBeLessThan(1e-8);
    close(fit.minusTwoLogLikelihood, expected.value, 1e-11);
    order(key, expected.theta).forEach((v, k) => {
      close(fit.parameters[k]!.value, v);
    });
    expected.beta.forEach((v: number, j: number) => {
      close(fit.coefficients[j], v, 1e-7);
      close(Math.sqrt(fit.covariance.data[j * 10]!), expected.se[j]);
    });
    [final, early].forEach((row, i) => {
      const [estimate, se, df, kr, linear, expectedSe, expectedDf] = expected.contrasts[i];
      const s = known(mixedContrast(fit, row, 'satterthwaite'));
      close(s.estimate, estimate, 1e-7);
      close(s.se, se);
      close(s.df, df, 1e-7);
      const k = known(mixedContrast(fit, row));
      close(k.se, kr);
      close(k.df, df, 1e-7);
      close(known(mixedContrast(fit, row, 'kenward-roger-linear')).se, linear);
      const e = known(mixedContrast(fit, row, 'kenward-roger-expected'));
      close(e.se, expectedSe);
      close(e.df, expectedDf, 1e-7);
    });
  });

  it.each([
    ['un', 'unstructured'],
    ['ar1', 'ar1'],
  ] as const)('%s by maximum likelihood', (key, structure) => {
    const fit = fitted(fitMmrm({ ...input, structure, method: 'ML' }));
    close(fit.minusTwoLogLikelihood, r.ml[key].value, 1e-11);
    order(key, r.ml[key].theta).forEach((v, k) => {
      close(fit.parameters[k]!.value, v);
    });
  });

  it('nlme::gls reaches the same unstructured likelihood to its own tolerance', () => {
    const fit = fitted(fitMmrm(input));
    close(fit.minusTwoLogLikelihood, r.gls_un.minus2, 1e-8);
    expect(fit.minusTwoLogLikelihood).toBeLessThanOrEqual(r.gls_un.minus2 + 1e-8);
  });

  it('a covariance for each arm: the likelihood of arms fitted together is the sum of separate fits', () => {
    const separate: Formula = {
      ...formula,
      terms: [['arm'], ['visit'], ['base'], ['arm', 'visit'], ['arm', 'base']],
    };
    const both = fitted(fitMmrm({ ...input, formula: separate, group: d.arm, method: 'ML' }));
    const one = ['A', 'B'].map((arm) => {
      const keep = d.arm.flatMap((a, i) => (a === arm ? [i] : []));
      return fitted(
        fitMmrm({
          formula: {
            variables: {
              visit: { kind: 'factor', levels: visits, values: keep.map((i) => d.visit[i]!) },
              base: { kind: 'covariate', values: keep.map((i) => d.base[i]!) },
            },
            terms: [['visit'], ['base']],
          },
          y: keep.map((i) => d.y[i]!),
          subject: keep.map((i) => d.id[i]!),
          visit: keep.map((i) => d.visit[i]!),
          visits,
          method: 'ML',
        }),
      );
    });
    close(both.minusTwoLogLikelihood, one[0]!.minusTwoLogLikelihood + one[1]!.minusTwoLogLikelihood, 1e-10);
    expect(both.parameters.map((p) => p.name).slice(9, 11)).toEqual(['UN(4,4) A', 'UN(1,1) B']);
    close(both.sigmas[1]!.data[5], one[1]!.sigmas[0]!.data[5]!, 1e-7);
  });

  it('complete data and a saturated mean: REML covariance is the pooled sample covariance', () => {
    const people = [...new Set(d.id)].filter((id) => d.id.filter((x) => x === id).length === 4);
    const keep = d.id.flatMap((id, i) => (people.includes(id) ? [i] : []));
    const fit = fitted(
      fitMmrm({
        formula: {
          variables: { visit: { kind: 'factor', levels: visits, values: keep.map((i) => d.visit[i]!) } },
          terms: [['visit']],
        },
        y: keep.map((i) => d.y[i]!),
        subject: keep.map((i) => d.id[i]!),
        visit: keep.map((i) => d.visit[i]!),
        visits,
      }),
    );
    const at = (v: string) =>
      people.map((id) => d.y[d.id.findIndex((x, i) => x === id && d.visit[i] === v)]!);
    const mean = (x: number[]) => x.reduce((a, b) => a + b, 0) / x.length;
    const [a, b] = [at('2'), at('4')];
    const covariance = a.reduce((s, v, i) => s + (v - mean(a)) * (b[i]! - mean(b)), 0) / (people.length - 1);
    close(fit.sigmas[0]!.data[1 * 4 + 3], covariance, 1e-9);
  });

  it('order of rows and scale of the outcome change nothing', () => {
    const plain = fitted(fitMmrm(input));
    const turned = d.y.map((_, i) => d.y.length - 1 - i);
    const mixed = fitted(
      fitMmrm({
        formula: {
          ...formula,
          variables: {
            arm: { kind: 'factor', levels: ['A', 'B'], values: turned.map((i) => d.arm[i]!) },
            visit: { kind: 'factor', levels: visits, values: turned.map((i) => d.visit[i]!) },
            base: { kind: 'covariate', values: turned.map((i) => d.base[i]!) },
          },
        },
        y: turned.map((i) => d.y[i]! * 1e4),
        subject: turned.map((i) => d.id[i]!),
        visit: turned.map((i) => d.visit[i]!),
        visits,
      }),
    );
    const [a, b] = [plain, mixed].map((f) => known(mixedContrast(f, final)));
    close(b!.estimate, a!.estimate * 1e4, 1e-9);
    close(b!.se, a!.se * 1e4, 1e-9);
    close(b!.df, a!.df, 1e-7);
  });

  it('says why a model can’t be fitted', () => {
    expect(fitMmrm({ ...input, visits: [...visits, '5'] })).toMatchObject({
      converged: false,
      reason: expect.stringContaining('5'),
    });
    const never = d.y.flatMap((_, i) =>
      d.visit[i] === (Number(d.id[i]!.slice(1)) % 2 ? '1' : '2') ? [i] : [],
    );
    const few = {
      variables: { visit: { kind: 'factor', levels: ['1', '2'], values: never.map((i) => d.visit[i]!) } },
      terms: [['visit']],
    } as Formula;
    expect(
      fitMmrm({
        formula: few,
        y: never.map((i) => d.y[i]!),
        subject: never.map((i) => d.id[i]!),
        visit: never.map((i) => d.visit[i]!),
        visits: ['1', '2'],
      }),
    ).toMatchObject({ converged: false, reason: expect.stringContaining('both') });
    // The second visit repeats the first: Σ is singular.
    const same = d.y.map((v, i) =>
      d.visit[i] === '2' ? (d.y[d.id.findIndex((x, j) => x === d.id[i] && d.visit[j] === '1')] ?? v) : v,
    );
    const copy = {
      variables: { base: formula.variables.base! },
      terms: [['base']],
    } as Formula;
    const keep = d.y.flatMap((_, i) =>
      d.visit[i]! < '3' && d.id.some((x, j) => x === d.id[i] && d.visit[j] === '1') ? [i] : [],
    );
    expect(
      fitMmrm({
        formula: { ...copy, variables: { base: { kind: 'covariate', values: keep.map((i) => d.base[i]!) } } },
        y: keep.map((i) => same[i]!),
        subject: keep.map((i) => d.id[i]!),
        visit: keep.map((i) => d.visit[i]!),
        visits: ['1', '2'],
      }),
    ).toMatchObject({ converged: false });
    expect(fitMmrm({ ...input, y: d.y.map(() => 3) })).toMatchObject({ converged: false });
    expect(() => fitMmrm({ ...input, y: d.y.with(2, Number.NaN) })).toThrow(RangeError);
    expect(() =>
      fitMmrm({ ...input, subject: d.id.with(1, d.id[0]!), visit: d.visit.with(1, d.visit[0]!) }),
    ).toThrow(RangeError);
    const alone = { variables: {}, terms: [] } as Formula;
    expect(fitMmrm({ formula: alone, y: [], subject: [], visit: [], visits })).toMatchObject({
      converged: false,
    });
  });

  it('2,000 subjects at four visits: fit and Kenward–Roger within the time R takes', () => {
    let state = 12345;
    const uniform = () => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state / 2147483648;
    };
    const rows = Array.from({ length: 8000 }, (_, i) => i).filter(() => uniform() > 0.1);
    const effect = Array.from({ length: 2000 }, () => uniform() * 10);
    const base = Array.from({ length: 2000 }, () => 15 + 20 * uniform());
    // Processor time, not the clock: other tests may be running.
    const start = process.cpuUsage();
    const fit = fitted(
      fitMmrm({
        formula: {
          variables: {
            arm: { kind: 'factor', levels: arms, values: rows.map((i) => arms[(i >> 2) % 3]!) },
            visit: { kind: 'factor', levels: visits, values: rows.map((i) => visits[i & 3]!) },
            base: { kind: 'covariate', values: rows.map((i) => base[i >> 2]!) },
          },
          terms: [['arm'], ['visit'], ['base'], ['arm', 'visit'], ['visit', 'base']],
        },
        y: rows.map((i) => effect[i >> 2]! + 0.5 * base[i >> 2]! + 6 * uniform()),
        subject: rows.map((i) => String(i >> 2)),
        visit: rows.map((i) => visits[i & 3]!),
        visits,
      }),
    );
    const e = known(
      mixedContrast(
        fit,
        differenceRow(
          meanRow(fit.design, { arm: 'CBT', visit: '4' }),
          meanRow(fit.design, { arm: 'TAU', visit: '4' }),
        ),
      ),
    );
    expect(e.df).toBeGreaterThan(1500);
    const used = process.cpuUsage(start);
    expect((used.user + used.system) / 1000).toBeLessThan(1600);
  });
});

describe('three-arm trial at months 3 and 12 (mmrm 0.3.18, SAS; converged dense REML in R)', () => {
  const rows = trial
    .flatMap((p) => [
      { p, visit: '3', y: p.m3 },
      { p, visit: '12', y: p.m12 },
    ])
    .filter((row) => row.y !== null);
  const fit = fitted(
    fitMmrm({
      formula: {
        variables: {
          arm: { kind: 'factor', levels: arms, values: rows.map(({ p }) => p.arm) },
          visit: { kind: 'factor', levels: ['3', '12'], values: rows.map(({ visit }) => visit) },
          baseline: { kind: 'covariate', values: rows.map(({ p }) => p.baseline) },
          sex: { kind: 'factor', levels: ['F', 'M'], values: rows.map(({ p }) => p.sex) },
          site: { kind: 'factor', levels: sites, values: rows.map(({ p }) => p.site) },
        },
        terms: [['arm'], ['visit'], ['baseline'], ['sex'], ['site'], ['arm', 'visit'], ['visit', 'baseline']],
      },
      y: rows.map((row) => row.y!),
      subject: rows.map(({ p }) => p.id),
      visit: rows.map(({ visit }) => visit),
      visits: ['3', '12'],
    }),
  );
  const mean = (arm: string) => meanRow(fit.design, { arm, visit: '12' });

  it('likelihood, covariance, adjusted means and contrasts', () => {
    close(fit.minusTwoLogLikelihood, 1409.06540834836, 1e-12);
    [32.9264875527252, 9.56227239426814, 26.1286885225376].forEach((v, k) => {
      close(fit.parameters[k]!.value, v, 1e-10);
    });
    const cbt = known(mixedContrast(fit, mean('CBT')));
    close(cbt.estimate, 13.5024121544528, 1e-11);
    close(cbt.se, 0.819072444549391, 1e-10);
    close(cbt.df, 115.723407598941, 1e-9);
    const e = known(mixedContrast(fit, differenceRow(mean('CBT'), mean('TAU'))));
    close(e.estimate, -3.75799313725164, 1e-10);
    close(e.se, 1.18103838090009, 1e-9);
    close(e.df, 117.542343644593, 1e-9);
    close(e.p, 0.00187171885904445);
    close(e.upper, -1.41912126991562);
  });

  it('both arms at month 12 together: Fai–Cornelius and Kenward–Roger F', () => {
    const both = ['CBT', 'APP'].map((arm) => differenceRow(mean(arm), mean('TAU')));
    const s = known(mixedTest(fit, both, 'satterthwaite'));
    close(s.f, 7.06647701678623, 1e-10);
    close(s.df2, 115.373543960715, 1e-9);
    const k = known(mixedTest(fit, both));
    close(k.f, 7.0450672294665, 1e-9);
    close(k.df2, 115.381978500989, 1e-8);
    close(k.scale, 0.999996619332603, 1e-11);
    close(k.p, 0.0012979071622406);
    const one = known(mixedTest(fit, [both[0]!]));
    const e = known(mixedContrast(fit, both[0]!));
    close(one.f, e.statistic ** 2, 1e-10);
    close(one.p, e.p, 1e-9);
    expect(mixedTest(fit, [both[0]!, both[0]!])).toHaveProperty('reason');
  });
});

describe('random effects', () => {
  it('random intercept: lmerTest’s Satterthwaite, pbkrtest’s Kenward–Roger (lme4 stops at about 1e-7)', () => {
    const fit = fitted(fitRandomIntercept({ formula, y: d.y, subject: d.id })) as RandomFit;
    close(fit.minusTwoLogLikelihood, r.intercept.minus2, 1e-9);
    close(fit.between, r.intercept.var[0], 1e-4);
    close(fit.within, r.intercept.var[1], 1e-4);
    fit.coefficients.forEach((_, j) => {
      const row = fit.coefficients.map((__, i) => (i === j ? 1 : 0));
      const s = known(mixedContrast(fit, row, 'satterthwaite'));
      close(s.se, r.intercept.satterthwaite[j][1], 1e-5);
      close(s.df, r.intercept.satterthwaite[j][2], 1e-3);
      const k = known(mixedContrast(fit, row, 'kenward-roger-expected'));
      close(k.se, r.intercept.kr[j][1], 1e-5);
      close(k.df, r.intercept.kr[j][2], 1e-3);
    });
    const f = known(mixedTest(fit, [final, early], 'kenward-roger-expected'));
    close(f.f, r.intercept.krF[0], 1e-5);
    close(f.df2, r.intercept.krF[2], 1e-4);
    close(f.scale, r.intercept.krScale, 1e-6);
  });

  it('three-arm trial: −2 REML, variances and ICC (lme4 4.2.2, converged)', () => {
    const rows = trial
      .flatMap((p) => [
        { p, visit: '3', y: p.m3 },
        { p, visit: '12', y: p.m12 },
      ])
      .filter((row) => row.y !== null);
    const fit = fitted(
      fitRandomIntercept({
        formula: {
          variables: {
            arm: { kind: 'factor', levels: arms, values: rows.map(({ p }) => p.arm) },
            visit: { kind: 'factor', levels: ['3', '12'], values: rows.map(({ visit }) => visit) },
            baseline: { kind: 'covariate', values: rows.map(({ p }) => p.baseline) },
          },
          terms: [['arm'], ['visit'], ['baseline'], ['arm', 'visit']],
        },
        y: rows.map((row) => row.y!),
        subject: rows.map(({ p }) => p.id),
      }),
    ) as RandomFit;
    close(fit.minusTwoLogLikelihood, 1417.51916691316, 1e-12);
    close(fit.between, 9.12077395272095, 1e-7);
    close(fit.within, 19.9724179023845, 1e-7);
    close(fit.icc, 0.313502004116485, 1e-7);
    const e = known(mixedContrast(fit, [0, 1, 0, 0, 0, 0, 0]));
    close(e.se, 1.20963601086454);
    close(e.df, 215.029650375455, 1e-7);
  });

  it('random slope (lmerTest)', () => {
    const time = d.visit.map((v) => Number(v) - 1);
    const slope: Formula = {
      variables: { ...formula.variables, time: { kind: 'covariate', values: time } },
      terms: [['arm'], ['time'], ['base'], ['arm', 'time']],
    };
    const fit = fitted(fitRandomSlope({ formula: slope, y: d.y, subject: d.id, time })) as RandomFit;
    close(fit.minusTwoLogLikelihood, r.slope.minus2, 1e-8);
    fit.coefficients.forEach((_, j) => {
      const row = fit.coefficients.map((__, i) => (i === j ? 1 : 0));
      const s = known(mixedContrast(fit, row, 'satterthwaite'));
      close(s.se, r.slope.coef[j][1], 1e-4);
      close(s.df, r.slope.coef[j][2], 1e-3);
    });
    expect(fitRandomSlope({ formula: slope, y: d.y, subject: d.id, time: time.map(() => 1) })).toMatchObject({
      converged: false,
    });
  });

  it('partially nested (lme4 with a random effect of the clustered arm alone; nlme with a variance for each arm)', () => {
    const n = r.nested as { arm: string[]; base: number[]; cluster: string[]; y: number[] };
    const nested: Formula = {
      variables: {
        arm: { kind: 'factor', levels: ['A', 'B'], values: n.arm },
        base: { kind: 'covariate', values: n.base },
      },
      terms: [['arm'], ['base']],
    };
    const cluster = n.cluster.map((c) => c || null);
    const fit = fitted(fitPartiallyNested({ formula: nested, y: n.y, cluster })) as RandomFit;
    close(fit.minusTwoLogLikelihood, r.nested.minus2, 1e-9);
    close(fit.between, r.nested.var[0], 1e-3);
    fit.coefficients.forEach((b, j) => {
      close(b, r.nested.coef[j][0], 1e-4);
      const row = fit.coefficients.map((_, i) => (i === j ? 1 : 0));
      close(known(mixedContrast(fit, row, 'satterthwaite')).df, r.nested.coef[j][2], 1e-2);
    });
    const free = fitted(fitPartiallyNested({ formula: nested, y: n.y, cluster, heteroscedastic: true }));
    close(free.minusTwoLogLikelihood, r.nested.hetero.minus2, 1e-8);
    expect(fitPartiallyNested({ formula: nested, y: n.y, cluster: n.y.map(() => null) })).toMatchObject({
      converged: false,
    });
  });

  it('partially nested with groups nearer than chance: at zero, as lme4; nlme’s gls with a variance for each arm', () => {
    const zero = reference('nested-zero');
    const n = zero.data as { arm: string[]; base: number[]; cluster: string[]; y: number[] };
    const nested: Formula = {
      variables: {
        arm: { kind: 'factor', levels: ['alone', 'group'], values: n.arm },
        base: { kind: 'covariate', values: n.base },
      },
      terms: [['arm'], ['base']],
    };
    const cluster = n.cluster.map((name) => (name.startsWith('g') ? name : null));
    const common = { formula: nested, y: n.y, cluster };
    const fit = fitted(fitPartiallyNested(common)) as RandomFit;
    expect(fit.between).toBe(zero.variance);
    expect(fit.boundary).toContain('zero');
    close(fit.within, zero.residual);
    close(fit.minusTwoLogLikelihood, zero.minus2);
    const effect = known(mixedContrast(fit, [0, 1, 0], 'residual'));
    close(effect.estimate, zero.estimate);
    close(effect.se, zero.se);
    const apart = fitted(fitPartiallyNested({ ...common, heteroscedastic: true })) as RandomFit;
    expect(apart.boundary).toContain('zero');
    close(apart.minusTwoLogLikelihood, zero.heteroscedastic.minus2);
    const other = known(mixedContrast(apart, [0, 1, 0], 'residual'));
    close(other.estimate, zero.heteroscedastic.estimate, 1e-6);
    close(other.se, zero.heteroscedastic.se, 1e-6);
  });

  it('a variance that would be negative is held at zero and said so', () => {
    const y = [1, -1, -1.2, 1.1, 0.9, -1, -0.8, 1.2, 1.05, -0.9];
    const subject = y.map((_, i) => String(i >> 1));
    const trend: Formula = {
      variables: { turn: { kind: 'covariate', values: y.map((_, i) => i % 4) } },
      terms: [['turn']],
    };
    const fit = fitted(fitRandomIntercept({ formula: trend, y, subject })) as RandomFit;
    expect(fit.between).toBe(0);
    expect(fit.boundary).toContain('zero');
    expect(fitRandomIntercept({ formula, y: d.y, subject: d.id.map((_, i) => String(i)) })).toMatchObject({
      converged: false,
    });
  });
});
