import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kendall, pearson, spearman } from '../../../analysis/continuous/correlation.ts';
import { hedgesG } from '../../../analysis/continuous/effect-size.ts';
import { mannWhitney, mannWhitneyMass } from '../../../analysis/continuous/mann-whitney.ts';
import { moments, quantile } from '../../../analysis/continuous/quantile.ts';
import { cronbachAlpha } from '../../../analysis/continuous/reliability.ts';
import { classifyChange, reliableChange } from '../../../analysis/continuous/reliable-change.ts';
import {
  bartlettTest,
  brownForsythe,
  kruskalWallis,
  oneWayAnova,
  welchAnova,
} from '../../../analysis/continuous/several-groups.ts';
import { shapiroWilk } from '../../../analysis/continuous/shapiro-wilk.ts';
import { signedRank } from '../../../analysis/continuous/signed-rank.ts';
import {
  binaryDifference,
  categoryDifference,
  continuousDifference,
} from '../../../analysis/continuous/standardised-difference.ts';
import { pairedTest, studentTest, welchTest } from '../../../analysis/continuous/t-test.ts';
import { stratifiedRanks } from '../../../analysis/continuous/van-elteren.ts';
import type { Estimate } from '../../../analysis/models/contrast.ts';
import { reference, relativeError } from '../../reference/read.ts';
import { arms, sites, trial } from '../../reference/trial.ts';

const r = reference('continuous');
const close = (got: number | null, expected: number, limit = 1e-10) =>
  expect(relativeError(got, expected), `${got} for ${expected}`).toBeLessThan(limit);
const known = <T extends object>(result: T | { reason: string }): T => {
  if ('reason' in result) throw new Error(String(result.reason));
  return result as T;
};
const values = (arm: string, site?: string) =>
  trial.filter((p) => p.arm === arm && p.m12 !== null && (!site || p.site === site)).map((p) => p.m12!);
const [cbt, tau] = [values('CBT'), values('TAU')];

describe('t tests (t.test)', () => {
  const compare = (e: Estimate, expected: number[]) => {
    [e.estimate, e.se, e.df, e.statistic, e.p, e.lower, e.upper].forEach((v, i) => {
      close(v, expected[i]!);
    });
  };
  it('Student, Welch and paired', () => {
    compare(known(studentTest(cbt, tau)), r.student);
    compare(known(welchTest(cbt, tau)), r.welch);
    compare(known(pairedTest(r.pre, r.post)), r.paired);
  });
  it('refuse single values, constants and NaN', () => {
    expect(welchTest([1], [2, 3])).toHaveProperty('reason');
    expect(studentTest([], [])).toHaveProperty('reason');
    expect(welchTest([2, 2], [2, 2])).toHaveProperty('reason');
    expect(studentTest([2, 2], [3, 3])).toHaveProperty('reason');
    expect(() => welchTest([1, Number.NaN], [2, 3])).toThrow(RangeError);
    expect(() => pairedTest([1], [2, 3])).toThrow(RangeError);
  });
});

describe('rank tests (wilcox.test, coin, kruskal.test)', () => {
  it('Mann–Whitney without ties: exact p, Hodges–Lehmann and its exact limits', () => {
    const m = known(mannWhitney(r.x, r.y));
    expect(m.w).toBe(r.exact.w);
    close(m.exact, r.exact.p);
    close(m.shift.estimate, r.exact.estimate);
    close(m.shift.lower, r.exact.ci[0]);
    close(m.shift.upper, r.exact.ci[1]);
    expect(m.shift.method).toBe('exact');
  });
  it('with ties: approximations; the shift is the median of differences', () => {
    const m = known(mannWhitney(cbt, tau));
    expect(m.w).toBe(r.ties.w);
    expect(m.exact).toBeNull();
    close(m.corrected.p, r.ties.corrected);
    close(m.asymptotic.p, r.ties.plain);
    close(m.shift.estimate, r.ties.median);
    expect(m.shift.lower).toBeLessThanOrEqual(m.shift.estimate);
  });
  it('the exact distribution sums to one and is symmetric', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (m, n) => {
        const mass = mannWhitneyMass(m, n);
        expect(mass.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        expect(mass[0]).toBeCloseTo(mass[m * n]!, 14);
      }),
    );
  });
  it('signed-rank, exact and with ties', () => {
    const differences = (r.pre as number[]).map((v, i) => v - r.post[i]);
    const s = known(signedRank(differences));
    expect(s.v).toBe(r.signed.v);
    close(s.exact, r.signed.p);
    close(s.centre.estimate, r.signed.estimate);
    close(s.centre.lower, r.signed.ci[0]);
    close(s.centre.upper, r.signed.ci[1]);
    const t = known(signedRank(r.tied));
    expect(t.v).toBe(r.signed.tied_v);
    close(t.corrected.p, r.signed.tied_p);
    close(t.asymptotic.p, r.signed.tied_plain);
    expect(t.exact).toBeNull();
    expect(signedRank([0, 0])).toHaveProperty('reason');
  });
  it('stratified by site: coin’s overall ranks, ranks within strata, van Elteren’s weights', () => {
    const strata = sites.map((site) => ({ first: values('CBT', site), second: values('TAU', site) }));
    const s = known(stratifiedRanks(strata, 'overall'));
    close(Math.abs(s.z), Math.abs(r.stratified.z));
    close(s.p, r.stratified.p);
    close(known(stratifiedRanks(strata, 'within')).z, r.stratified.within);
    close(known(stratifiedRanks(strata)).z, r.stratified.van_elteren);
    expect(stratifiedRanks([{ first: [1], second: [] }])).toHaveProperty('reason');
  });
  it('Kruskal–Wallis and analyses of variance', () => {
    const groups = arms.map((a) => values(a));
    const k = known(kruskalWallis(groups));
    [k.statistic, k.df, k.p].forEach((v, i) => {
      close(v, r.kruskal[i]);
    });
    const pairs = [
      [welchAnova(groups), r.welch_anova],
      [oneWayAnova(groups), r.anova],
      [brownForsythe(groups), r.levene],
    ] as const;
    for (const [test, expected] of pairs) {
      const f = known(test);
      [f.f, f.df1, f.df2, f.p].forEach((v, i) => {
        close(v, expected[i]);
      });
    }
    const b = known(bartlettTest(groups));
    [b.statistic, b.df, b.p].forEach((v, i) => {
      close(v, r.bartlett[i]);
    });
    expect(kruskalWallis([[1, 1], [1]])).toHaveProperty('reason');
    expect(
      oneWayAnova([
        [3, 3],
        [3, 3],
      ]),
    ).toHaveProperty('reason');
    expect(welchAnova([[1], [2, 3]])).toHaveProperty('reason');
  });
  it('two groups: Welch’s analysis of variance is his t test squared', () => {
    const t = known(welchTest(cbt, tau));
    const f = known(welchAnova([cbt, tau]));
    close(f.f, t.statistic ** 2);
    close(f.p, t.p);
  });
});

describe('normality, quantiles, moments, correlation', () => {
  it.each(r.shapiro as { values: number[]; w: number; p: number }[])(
    'shapiro.test: $values',
    ({ values: v, w, p }) => {
      const s = known(shapiroWilk(v));
      close(s.w, w, 1e-9);
      close(s.p, p, 1e-7);
    },
  );
  it('Shapiro–Wilk refuses constants and two values', () => {
    expect(shapiroWilk([1, 1, 1])).toHaveProperty('reason');
    expect(shapiroWilk([1, 2])).toHaveProperty('reason');
  });
  it('quantile types 2 and 7', () => {
    [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1].forEach((p, i) => {
      close(quantile(cbt, p, 2), r.quantile2[i]);
      close(quantile(cbt, p, 7), r.quantile7[i]);
    });
    expect(quantile([], 0.5, 7)).toBeNull();
    expect(quantile([4], 0.3, 2)).toBe(4);
  });
  it('moments (psych::skew, kurtosi type 2 = SAS)', () => {
    const m = known(moments(cbt));
    close(m.sd, r.sd);
    close(m.skewness, r.skew);
    close(m.kurtosis, r.kurtosis);
    expect(known(moments([3, 3, 3]))).toMatchObject({ sd: 0, skewness: null });
    expect(moments([3])).toHaveProperty('reason');
  });
  it('Pearson, Spearman, Kendall (cor.test)', () => {
    const both = trial.filter((p) => p.m12 !== null);
    const [x, y] = [both.map((p) => p.baseline), both.map((p) => p.m12!)];
    const p = known(pearson(x, y));
    [p.estimate, p.lower, p.upper, p.p].forEach((v, i) => {
      close(v, r.pearson[i]);
    });
    const s = known(spearman(x, y));
    close(s.estimate, r.spearman[0]);
    close(s.p, r.spearman[1]);
    const k = known(kendall(x, y));
    close(k.estimate, r.kendall[0]);
    close(k.p, r.kendall[1]);
    expect(pearson([1, 1, 1], [1, 2, 3])).toHaveProperty('reason');
    expect(kendall([1, 1, 1], [1, 2, 3])).toHaveProperty('reason');
    expect(known(pearson([1, 2, 3], [2, 4, 6])).p).toBe(0);
  });
});

describe('effect size, reliability, change', () => {
  it('Hedges’ g (MBESS::ci.smd’s method; non-central t by quadrature in R)', () => {
    const e = known(hedgesG({ n: 40, mean: 12.4, sd: 5.6 }, { n: 37, mean: 15.9, sd: 6.1 }));
    close(e.d.estimate, -0.598767562782274);
    close(e.j, 0.989960945379563);
    close(e.g.estimate, -0.592756502514557);
    close(e.gStandardError, 0.230933037747661);
    close(e.nonCentrality.lower, r.ncp[0]);
    close(e.nonCentrality.upper, r.ncp[1]);
    close(e.g.lower, -1.04345354844357);
    close(e.d.upper, -0.139681685170964);
    expect(hedgesG({ n: 3, mean: 1, sd: 0 }, { n: 3, mean: 2, sd: 0 })).toHaveProperty('reason');
    expect(hedgesG({ n: 1, mean: 1, sd: 0 }, { n: 1, mean: 2, sd: 0 })).toHaveProperty('reason');
  });
  it('Cronbach’s α (psych::alpha) with Feldt’s limits', () => {
    const a = known(cronbachAlpha(r.items));
    close(a.alpha, r.alpha.raw);
    close(a.standardised, r.alpha.std);
    close(a.lower, r.alpha.lower);
    close(a.upper, r.alpha.upper);
    a.items.forEach((item, j) => {
      close(item.withoutItem, r.alpha.drop[j]);
      close(item.itemRest, r.alpha.rest[j]);
    });
    expect(cronbachAlpha([[1, 2]])).toHaveProperty('reason');
    expect(
      cronbachAlpha([
        [1, 2],
        [2, 1],
      ]),
    ).toHaveProperty('reason');
  });
  it('reliable change (Jacobson & Truax 1991, by hand: sd 7.5, r .80, marital example)', () => {
    const c = known(
      reliableChange(
        { sd: 7.5, reliability: 0.8, clinical: { mean: 40, sd: 7.5 }, functional: { mean: 60, sd: 7.5 } },
        'higher',
      ),
    );
    // The paper: S_E = 3.35, S_diff = 4.74, RCI of 32.5 → 47.5 is 3.16, a = 55, b = 45, c = 50.
    expect(c.sem).toBeCloseTo(3.35, 2);
    expect(c.differenceSe).toBeCloseTo(4.74, 2);
    expect(c.cutoffs).toEqual({ a: 55, b: 45, c: 50 });
    const x = classifyChange(32.5, 47.5, c, 50, 'higher');
    expect(x.index).toBeCloseTo(3.16, 2);
    expect(x.change).toBe('improved');
    expect(classifyChange(32.5, 50, c, 50, 'higher').change).toBe('recovered');
    expect(classifyChange(50, 40, c, 50, 'higher').change).toBe('deteriorated');
    expect(classifyChange(50, 45, c, 50, 'higher').change).toBe('unchanged');
    expect(reliableChange({ sd: 7, reliability: 1, clinical: { mean: 1, sd: 1 } }, 'lower')).toHaveProperty(
      'reason',
    );
  });
  it('standardised mean differences (formulas of tableone and stddiff)', () => {
    close(continuousDifference({ mean: 24.1, sd: 6 }, { mean: 25.3, sd: 6.6 }) as number, -0.190260597661798);
    close(binaryDifference(0.62, 0.55) as number, 0.142427719015164);
    close(categoryDifference([0.3, 0.25, 0.25, 0.2], [0.22, 0.28, 0.3, 0.2]) as number, 0.193519744365376);
    close(categoryDifference([0.62, 0.38], [0.55, 0.45]) as number, 0.142427719015164);
    expect(binaryDifference(0, 0)).toHaveProperty('reason');
    expect(categoryDifference([1, 0], [0, 1])).toHaveProperty('reason');
  });
});
