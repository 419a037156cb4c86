import { describe, expect, it } from 'vitest';
import { oddsHomogeneity } from '../../../analysis/proportions/homogeneity.ts';
import {
  cochranMantelHaenszel,
  exactMantelHaenszel,
  mantelHaenszelDifference,
  mantelHaenszelOdds,
  mantelHaenszelRatio,
} from '../../../analysis/proportions/mantel-haenszel.ts';
import { mcNemar, pairedDifference } from '../../../analysis/proportions/paired.ts';
import { stratifiedTests } from '../../../analysis/proportions/stratified-tables.ts';
import { trendTest } from '../../../analysis/proportions/trend.ts';
import { reference, relativeError } from '../../reference/read.ts';

const r = reference('proportions');
const close = (got: number, expected: number, limit = 1e-11) =>
  expect(relativeError(got, expected), `${got} for ${expected}`).toBeLessThan(limit);
const known = <T extends object>(result: T | { reason: string }): T => {
  if ('reason' in result) throw new Error(String(result.reason));
  return result as T;
};

const strata = [
  [10, 18, 5, 14],
  [7, 16, 4, 16],
  [9, 15, 5, 13],
].map(([x1, n1, x2, n2]) => ({
  first: { successes: x1!, total: n1! },
  second: { successes: x2!, total: n2! },
}));

describe('two arms in three sites', () => {
  it('CMH, exact test and common odds ratio (mantelhaen.test)', () => {
    close(known(cochranMantelHaenszel(strata)).statistic, r.cmh.statistic);
    close(known(cochranMantelHaenszel(strata, true)).statistic, r.cmh.corrected);
    close(known(exactMantelHaenszel(strata)).p, r.cmh.exact);
    // |Σ(a − E)| below a half: R leaves the correction out.
    const close2 = [
      { first: { successes: 5, total: 10 }, second: { successes: 5, total: 11 } },
      { first: { successes: 4, total: 9 }, second: { successes: 4, total: 9 } },
    ];
    close(known(cochranMantelHaenszel(close2, true)).statistic, r.cmh.near);
    const odds = known(mantelHaenszelOdds(strata));
    close(odds.estimate, r.cmh.odds);
    close(odds.lower, r.cmh.ci[0]);
    close(odds.upper, r.cmh.ci[1]);
  });

  it('common difference with Sato’s and Greenland & Robins’ standard errors (metafor’s rma.mh formulas in R 4.2.2)', () => {
    const d = known(mantelHaenszelDifference(strata));
    close(d.estimate, 0.199765441751368);
    close(d.se, 0.100442683237279);
    close(d.seGreenlandRobins, 0.100428748387656);
    close(d.lower, 0.00290140009573597);
    close(d.upper, 0.396629483407001);
  });

  it('Breslow–Day and Tarone (DescTools::BreslowDayTest)', () => {
    const h = known(oddsHomogeneity(strata));
    close(h.breslowDay.statistic, 0.0036985168692415, 1e-9);
    close(h.tarone.statistic, 0.00369848131088446, 1e-9);
    close(h.breslowDay.p, 0.998152450390243);
    expect(h.tarone.df).toBe(2);
  });

  it('common risk ratio of one stratum is the plain one', () => {
    const one = known(mantelHaenszelRatio([strata[0]!]));
    close(one.estimate, 10 / 18 / (5 / 14));
  });

  it('empty and constant strata give reasons', () => {
    const empty = [{ first: { successes: 0, total: 0 }, second: { successes: 1, total: 4 } }];
    for (const f of [
      cochranMantelHaenszel,
      exactMantelHaenszel,
      mantelHaenszelOdds,
      mantelHaenszelRatio,
      mantelHaenszelDifference,
      oddsHomogeneity,
    ])
      expect(f(empty)).toHaveProperty('reason');
    const constant = [{ first: { successes: 4, total: 4 }, second: { successes: 5, total: 5 } }];
    for (const f of [cochranMantelHaenszel, mantelHaenszelOdds, oddsHomogeneity])
      expect(f(constant)).toHaveProperty('reason');
    expect(known(mantelHaenszelDifference(constant))).toMatchObject({ estimate: 0, se: 0 });
  });
});

describe('three arms and categories in strata', () => {
  it('general association (mantelhaen.test)', () => {
    const g = known(known(stratifiedTests(r.general.tables)).generalAssociation);
    close(g.statistic, r.general.statistic);
    expect(g.df).toBe(r.general.df);
    close(g.p, r.general.p);
  });

  it('on 2×2 tables all three are the CMH test', () => {
    const tables = strata.map(({ first, second }) => [
      [first.successes, first.total - first.successes],
      [second.successes, second.total - second.successes],
    ]);
    const t = known(stratifiedTests(tables));
    for (const test of [t.generalAssociation, t.rowMeans, t.correlation])
      close(known(test).statistic, r.cmh.statistic);
  });

  it('one stratum: general association is Pearson’s × (n−1)/n (Landis et al. 1978)', () => {
    const table = [
      [8, 12, 5],
      [10, 7, 9],
      [3, 14, 11],
    ];
    const tests = (r.tests as { table: number[][]; pearson: number }[]).find((t) => t.table[0]![0] === 8)!;
    close(known(known(stratifiedTests([table])).generalAssociation).statistic, (tests.pearson * 78) / 79);
  });

  it('empty categories are left out; nothing to compare gives a reason', () => {
    const t = known(
      stratifiedTests([
        [
          [3, 0, 4],
          [5, 0, 2],
        ],
      ]),
    );
    expect(known(t.generalAssociation).df).toBe(1);
    expect(
      stratifiedTests([
        [
          [3, 0],
          [5, 0],
        ],
      ]),
    ).toHaveProperty('reason');
  });
});

describe('trend and pairs', () => {
  it('Cochran–Armitage (prop.trend.test)', () => {
    const t = known(
      trendTest([
        { successes: 14, total: 45 },
        { successes: 26, total: 44 },
        { successes: 19, total: 45 },
      ]),
    );
    close(t.z ** 2, r.trend.chisq);
    close(t.twoSided, r.trend.p);
    expect(
      trendTest([
        { successes: 3, total: 3 },
        { successes: 2, total: 2 },
      ]),
    ).toHaveProperty('reason');
  });

  it('McNemar (mcnemar.test, binom.test)', () => {
    const m = mcNemar({ both: 20, firstOnly: 16, secondOnly: 5, neither: 9 });
    close(known(m.asymptotic).statistic, r.mcnemar.plain);
    close(known(m.corrected).statistic, r.mcnemar.corrected);
    close(m.exact, r.mcnemar.exact);
    expect(m.midP).toBeLessThan(m.exact);
  });

  it('McNemar mid-p of 1 and 7 discordant pairs is 0.0391 (Fagerland et al. 2013, airway example)', () => {
    const m = mcNemar({ both: 1, firstOnly: 1, secondOnly: 7, neither: 12 });
    expect(m.midP).toBeCloseTo(0.0391, 4);
    expect(m.exact).toBeCloseTo(0.0703, 4);
  });

  it('paired difference: Newcombe 1998 Table (36, 12, 2, 0) prints 0.0569 to 0.3404', () => {
    const d = pairedDifference({ both: 36, firstOnly: 12, secondOnly: 2, neither: 0 })!;
    expect(d.estimate).toBeCloseTo(0.2, 12);
    expect(d.lower).toBeCloseTo(0.0569, 4);
    expect(d.upper).toBeCloseTo(0.3404, 4);
  });

  it('no discordant pair, no pair', () => {
    const m = mcNemar({ both: 3, firstOnly: 0, secondOnly: 0, neither: 4 });
    expect(m.exact).toBe(1);
    expect(m.asymptotic).toHaveProperty('reason');
    expect(pairedDifference({ both: 0, firstOnly: 0, secondOnly: 0, neither: 0 })).toBeNull();
  });
});
