import { describe, expect, it } from 'vitest';
import type { Formula } from '../../../analysis/models/design.ts';
import { fitCox } from '../../../analysis/survival/cox.ts';
import { kaplanMeier, restrictedMean } from '../../../analysis/survival/kaplan-meier.ts';
import { logRank } from '../../../analysis/survival/log-rank.ts';
import { proportionalHazardsTest } from '../../../analysis/survival/proportional-hazards.ts';
import { reference, relativeError } from '../../reference/read.ts';
import { arms, trial } from '../../reference/trial.ts';

const r = reference('survival');
const close = (got: number | null | undefined, expected: number, limit = 1e-9) =>
  expect(relativeError(got, expected), `${got} for ${expected}`).toBeLessThan(limit);
const known = <T extends object>(result: T | { reason: string }): T => {
  if ('reason' in result) throw new Error(String(result.reason));
  return result as T;
};
const followed = (round = false) =>
  trial.map((p) => ({
    time: round ? Math.ceil(p.time) : p.time,
    event: p.event === 1,
    group: p.arm,
    stratum: p.site,
  }));
const cbt = followed().filter((p) => p.group === 'CBT');

describe('Kaplan–Meier (survfit, log-log)', () => {
  it('curve, limits, median', () => {
    const km = known(kaplanMeier(cbt));
    const steps = km.steps.filter((s) => s.events > 0);
    expect(steps.map((s) => s.time)).toEqual(r.km.time);
    steps.forEach((s, i) => {
      close(s.survival, r.km.survival[i]);
      close(s.se, r.km.se[i]);
      close(s.lower, r.km.lower[i]);
      close(s.upper, r.km.upper[i]);
    });
    const { estimate, lower, upper } = km.median;
    expect([estimate, lower, upper]).toEqual(r.km.median);
  });

  it('restricted mean to 12 (survfit, rmean)', () => {
    const m = known(restrictedMean(cbt, 12));
    close(m.estimate, r.km.rmean[0]);
    close(m.se, r.km.rmean[1]);
    expect(restrictedMean(cbt, 1e6)).toHaveProperty('reason');
  });

  it('by hand: events at 1 and 3 of 1, 2+, 3, 4+', () => {
    const people = [1, 2, 3, 4].map((time) => ({ time, event: time % 2 === 1 }));
    const km = known(kaplanMeier(people));
    expect(km.steps.map((s) => s.survival)).toEqual([0.75, 0.75, 0.375, 0.375]);
    expect(km.median.estimate).toBe(3);
    expect(known(restrictedMean(people, 4)).estimate).toBeCloseTo(1 + 2 * 0.75 + 0.375, 12);
    expect(known(kaplanMeier([{ time: 2, event: false }])).median.estimate).toBeNull();
    expect(kaplanMeier([])).toHaveProperty('reason');
    expect(() => kaplanMeier([{ time: Number.NaN, event: true }])).toThrow(RangeError);
  });
});

describe('log-rank (survdiff)', () => {
  it('three arms, Peto–Prentice weights, strata', () => {
    const plain = followed().map(({ stratum: _, ...p }) => p);
    for (const [test, expected] of [
      [logRank(plain), r.logrank],
      [logRank(plain, 1), r.peto],
      [logRank(followed()), r.stratified],
    ] as const) {
      close(known(test).statistic, expected[0]);
      expect(known(test).df).toBe(expected[1]);
    }
  });
  it('one group, no common time', () => {
    expect(logRank(followed().filter((p) => p.group === 'CBT'))).toHaveProperty('reason');
    expect(
      logRank([
        { time: 1, event: false, group: 'a' },
        { time: 2, event: true, group: 'b' },
      ]),
    ).toHaveProperty('reason');
  });
});

describe('Cox (coxph)', () => {
  const formula: Formula = {
    variables: {
      arm: { kind: 'factor', levels: arms, values: trial.map((p) => p.arm) },
      baseline: { kind: 'covariate', values: trial.map((p) => p.baseline) },
    },
    terms: [['arm'], ['baseline']],
  };
  it.each([
    ['efron', false, undefined, 'efron'],
    ['breslow', false, undefined, 'breslow'],
    ['efron', true, undefined, 'tied_efron'],
    ['breslow', true, undefined, 'tied_breslow'],
    ['efron', true, 'site', 'strata'],
  ] as const)('%s, rounded times %s, strata %s', (ties, rounded, strata, key) => {
    const m = known(fitCox(formula, followed(rounded), { ties, strata: strata && trial.map((p) => p.site) }));
    m.coefficients.forEach((b, j) => {
      close(b, r[key].coef[j], 1e-8);
      close(Math.sqrt(m.covariance.data[j * 4]!), r[key].se[j], 1e-8);
    });
    close(m.nullLogLikelihood, r[key].loglik[0]);
    close(m.logLikelihood, r[key].loglik[1]);
  });
  it.each([
    [false, 'zph'],
    [true, 'zph_tied'],
  ] as const)('proportional hazards (cox.zph), rounded times %s', (rounded, key) => {
    const test = known(proportionalHazardsTest(known(fitCox(formula, followed(rounded)))));
    expect(test.terms.map((t) => t.term)).toEqual(['arm', 'baseline']);
    [...test.terms, test.all].forEach((t, i) => {
      close(t.statistic, r[key][i][0], 1e-8);
      expect(t.df).toBe(r[key][i][1]);
      close(t.p, r[key][i][2], 1e-8);
    });
  });

  it('an arm without events, nobody with one, collinear covariates', () => {
    const people = followed().map((p) => ({ ...p, event: p.group === 'CBT' ? false : p.event }));
    expect(fitCox(formula, people)).toEqual({ reason: expect.stringContaining('no event') });
    expect(
      fitCox(
        formula,
        people.map((p) => ({ ...p, event: false })),
      ),
    ).toHaveProperty('reason');
    const twice: Formula = {
      variables: {
        ...formula.variables,
        again: { kind: 'covariate', values: trial.map((p) => 2 * p.baseline) },
      },
      terms: [['baseline'], ['again']],
    };
    expect(fitCox(twice, followed())).toEqual({ reason: expect.stringContaining('collinear') });
  });
});
