import { describe, expect, it } from 'vitest';
import { noncentralFUpper } from '../../../analysis/distributions/noncentral-f.ts';
import {
  ancovaFactor,
  anovaSize,
  attritionFactor,
  designEffect,
  inflate,
  meansPower,
  meansSize,
  nonInferiorMeansSize,
  type Size,
} from '../../../analysis/sample-size/means.ts';
import {
  logRankEvents,
  nonInferiorProportionsSize,
  proportionsSize,
} from '../../../analysis/sample-size/proportions.ts';
import { reference, relativeError } from '../../reference/read.ts';

const r = reference('design');
const close = (got: number, expected: number, limit = 1e-8) =>
  expect(relativeError(got, expected), `${got} for ${expected}`).toBeLessThan(limit);
const known = <T extends object>(result: T | { reason: string }): T => {
  if ('reason' in result) throw new Error(String(result.reason));
  return result as T;
};

describe('means', () => {
  it('two-sample t (power.t.test, strict)', () => {
    const cases = [
      [3, 6.5, 0.8],
      [3, 6.5, 0.9],
      [0.5, 1, 0.8],
      [2, 1, 0.9],
    ] as const;
    cases.forEach(([difference, sd, power], i) => {
      close(known(meansSize({ difference, sd, power })).exact, r.t[i]);
    });
    close(meansPower(37, { difference: 3, sd: 6.5 }), r.tpower, 1e-9);
    // Cohen 1988: d = 0.5, power .80 needs 64 in each group.
    expect(known(meansSize({ difference: 0.5, sd: 1 })).perArm).toEqual([64, 64]);
  });

  it('deflated for ANCOVA, inflated for attrition and clusters (Borm 2007)', () => {
    const size = known(meansSize({ difference: 0.5, sd: 1 }));
    expect(inflate(size, ancovaFactor(0.5)).perArm).toEqual([48, 48]);
    expect(inflate(size, attritionFactor(0.2)).perArm).toEqual([80, 80]);
    expect(designEffect(10, 0.05)).toBeCloseTo(1.45, 12);
    expect(() => attritionFactor(1)).toThrow(RangeError);
  });

  it('unequal allocation keeps the power', () => {
    const size = known(meansSize({ difference: 3, sd: 6.5, ratio: 2 }));
    close(meansPower(size.exact, { difference: 3, sd: 6.5, ratio: 2 }), 0.8);
    expect(size.perArm[1]).toBeGreaterThan(1.9 * size.perArm[0]!);
  });

  it('analysis of variance (pwr.anova.test) and the non-central F (pf)', () => {
    close(known(anovaSize({ arms: 3, effect: 0.25 })).exact, r.anova, 1e-6);
    close(known(anovaSize({ arms: 5, effect: 0.4, power: 0.9 })).exact, r.anova5, 1e-5);
    close(noncentralFUpper(3.1, 2, 84, 7.3), r.ncf, 1e-9);
  });

  it('non-inferiority by hand: 2·36·(1.96+0.8416)²/(0+2)² = 141.3', () => {
    expect(known(nonInferiorMeansSize({ difference: 0, margin: -2, sd: 6 })).exact).toBeCloseTo(141.28, 2);
    expect(nonInferiorMeansSize({ difference: -3, margin: -2, sd: 6 })).toHaveProperty('reason');
  });

  it('impossible designs', () => {
    expect(meansSize({ difference: 0, sd: 1 })).toHaveProperty('reason');
    expect(meansSize({ difference: 1, sd: 0 })).toHaveProperty('reason');
    expect(anovaSize({ arms: 1, effect: 1 })).toHaveProperty('reason');
    expect(() => meansSize({ difference: 1, sd: 1, power: 1 })).toThrow(RangeError);
  });
});

describe('proportions', () => {
  it('.45 against .25 (power.prop.test, pwr.2p.test)', () => {
    close(known(proportionsSize({ p1: 0.45, p2: 0.25 })).exact, r.prop);
    close(known(proportionsSize({ p1: 0.45, p2: 0.25, power: 0.9 })).exact, r.prop90);
    close(known(proportionsSize({ p1: 0.45, p2: 0.25, power: 0.9 }, 'arcsine')).exact, r.arcsine, 1e-6);
  });

  it('Fleiss’s continuity correction adds about 1/d to each arm; unpooled is the smaller here', () => {
    const sizes = (['pooled', 'fleiss', 'unpooled'] as const).map(
      (m) => known(proportionsSize({ p1: 0.45, p2: 0.25 }, m)) as Size,
    );
    expect(sizes[1]!.exact - sizes[0]!.exact).toBeCloseTo(2 / 0.2, 0);
    expect(sizes[2]!.exact).toBeLessThan(sizes[0]!.exact);
    expect(proportionsSize({ p1: 0.3, p2: 0.3 })).toHaveProperty('reason');
  });

  it('non-inferiority (Farrington & Manning 1990) is the same for successes and for failures', () => {
    // p ↦ 1 − p in both arms turns the margin’s side about, and the arms.
    const one = known(
      nonInferiorProportionsSize({ p1: 0.9, p2: 0.9, margin: -0.2, alpha: 0.05, power: 0.9 }),
    );
    const two = known(
      nonInferiorProportionsSize({ p1: 0.1, p2: 0.1, margin: -0.2, alpha: 0.05, power: 0.9 }),
    );
    close(one.exact, two.exact);
    expect(nonInferiorProportionsSize({ p1: 0.5, p2: 0.7, margin: -0.1 })).toHaveProperty('reason');
  });

  it('events of the log-rank test by hand: 4·7.849/ln²(0.5) = 65.3; Freedman 7.849·9 = 70.6', () => {
    const e = known(logRankEvents({ hazardRatio: 0.5 }));
    expect(e.schoenfeld).toBeCloseTo(65.35, 1);
    expect(e.freedman).toBeCloseTo(70.64, 1);
    expect(logRankEvents({ hazardRatio: 1 })).toHaveProperty('reason');
  });
});
