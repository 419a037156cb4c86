import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquareCdf } from '../../../analysis/distributions/gamma.ts';
import {
  bootstrapIntervals,
  bootstrapReplicates,
  jackknifeReplicates,
} from '../../../analysis/resampling/bootstrap.ts';
import {
  drawChiSquare,
  drawIndex,
  drawNormal,
  seededUniform,
  xoshiro128,
} from '../../../analysis/resampling/generator.ts';
import { exactPermutation, monteCarloPermutation } from '../../../analysis/resampling/permutation.ts';
import { reference, relativeError } from '../../reference/read.ts';

const r = reference('imputation');
const known = <T extends object>(result: T | { reason: string }): T => {
  if ('reason' in result) throw new Error(String(result.reason));
  return result as T;
};

describe('generator', () => {
  it('xoshiro128** from state 1, 2, 3, 4 (the authors’ xoshiro128starstar.c, compiled)', () => {
    const word = xoshiro128([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, word)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
    expect(() => xoshiro128([0, 0, 0, 0])).toThrow(RangeError);
  });

  it('one seed gives one stream, near seeds unrelated ones, all within [0, 1)', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const [a, b, c] = [seededUniform(seed), seededUniform(seed), seededUniform(seed + 1)];
        const first = Array.from({ length: 20 }, a);
        expect(Array.from({ length: 20 }, b)).toEqual(first);
        expect(Array.from({ length: 20 }, c)).not.toEqual(first);
        for (const v of first) expect(v >= 0 && v < 1).toBe(true);
      }),
    );
    expect(() => seededUniform(0.5)).toThrow(RangeError);
  });

  it('normal and χ² numbers follow their distributions (Kolmogorov–Smirnov at 1 in 1000)', () => {
    const uniform = seededUniform(20);
    const n = 20_000;
    const distance = (values: number[]) => {
      values.sort((a, b) => a - b);
      return Math.max(...values.map((v, i) => Math.max(Math.abs(v - i / n), Math.abs(v - (i + 1) / n))));
    };
    for (const df of [0.7, 3, 50])
      expect(
        distance(Array.from({ length: n }, () => chiSquareCdf(drawChiSquare(uniform, df), df))),
      ).toBeLessThan(1.95 / Math.sqrt(n));
    const normals = Array.from({ length: n }, () => drawNormal(uniform));
    expect(
      distance(
        normals.map((z) => (z < 0 ? 0.5 - chiSquareCdf(z * z, 1) / 2 : 0.5 + chiSquareCdf(z * z, 1) / 2)),
      ),
    ).toBeLessThan(1.95 / Math.sqrt(n));
    expect(drawIndex(() => 0.999999999, 7)).toBe(6);
  });
});

describe('bootstrap', () => {
  const { y, t0, t } = r.boot as { y: number[]; t0: number; t: number[] };
  const mean = (rows: Int32Array) => rows.reduce((s, i) => s + y[i]!, 0) / rows.length;

  it('intervals from boot’s own replicates (boot.ci; acceleration from the jackknife)', () => {
    const b = known(bootstrapIntervals(t0, t, { jackknife: jackknifeReplicates(y.length, mean) }));
    const bca = known(b.bca!);
    for (const [got, expected] of [
      [b.percentile, r.boot.percentile],
      [b.basic, r.boot.basic],
      [bca, r.boot.bca],
    ] as const) {
      expect(relativeError(got.lower, expected[0])).toBeLessThan(1e-9);
      expect(relativeError(got.upper, expected[1])).toBeLessThan(1e-9);
    }
  });

  it('replicates have the sampling distribution; a seed repeats them; strata keep their sizes', () => {
    const run = () => bootstrapReplicates(y.length, mean, { replicates: 4000, uniform: seededUniform(5) });
    const one = run();
    expect(run()).toEqual(one);
    const centre = one.reduce((a, b) => a + b, 0) / one.length;
    const spread = Math.sqrt(one.reduce((s, v) => s + (v - centre) ** 2, 0) / one.length);
    const sd = Math.sqrt(y.reduce((s, v) => s + (v - t0) ** 2, 0)) / y.length;
    expect(Math.abs(spread / sd - 1)).toBeLessThan(0.05);
    expect(Math.abs(centre - t0)).toBeLessThan((4 * sd) / Math.sqrt(4000));
    const strata = y.map((_, i) => (i < 5 ? 'a' : 'b'));
    bootstrapReplicates(
      y.length,
      (rows) => {
        expect(rows.filter((i) => i < 5)).toHaveLength(5);
        return 0;
      },
      { replicates: 10, uniform: seededUniform(1), strata },
    );
  });

  it('too few replicates, or an estimate outside them, is said', () => {
    expect(bootstrapIntervals(1, [1, 2])).toHaveProperty('reason');
    const b = known(bootstrapIntervals(99, t, { jackknife: jackknifeReplicates(y.length, mean) }));
    expect(b.bca).toHaveProperty('reason');
    expect(known(bootstrapIntervals(t0, t, { interpolation: 'linear' })).bca).toBeNull();
  });
});

describe('permutation tests', () => {
  const [x, y] = [
    [12, 15, 9, 20, 17],
    [18, 22, 16, 25, 30, 19],
  ];

  it('exact: all 462 allocations (coin::oneway_test; 20 of 462 two-sided, 10 below)', () => {
    const p = known(exactPermutation(x!, y!));
    expect(p.allocations).toBe(462);
    expect(p.observed).toBeCloseTo(-7.06666666666667, 12);
    expect(relativeError(p.twoSided, r.permutation)).toBeLessThan(1e-12);
    expect(p.twoSided).toBe(20 / 462);
    expect(p.less).toBe(10 / 462);
  });

  it('Monte Carlo agrees within its error, is never 0, and repeats with its seed', () => {
    const options = () => ({ permutations: 20_000, uniform: seededUniform(8) });
    const p = known(monteCarloPermutation(x!, y!, options()));
    expect(Math.abs(p.twoSided - 20 / 462)).toBeLessThan(4 * Math.sqrt(((20 / 462) * (442 / 462)) / 20_000));
    expect(known(monteCarloPermutation(x!, y!, options()))).toEqual(p);
    const sure = known(
      monteCarloPermutation([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [21, 22, 23, 24, 25, 26, 27, 28, 29, 30], {
        permutations: 99,
        uniform: seededUniform(2),
      }),
    );
    expect(sure.twoSided).toBe(0.01);
  });

  it('within strata: a difference that is all between strata is no evidence', () => {
    const p = known(
      monteCarloPermutation([1, 1, 9], [1, 9, 9], {
        permutations: 200,
        uniform: seededUniform(2),
        strata: ['a', 'a', 'b', 'a', 'b', 'b'],
      }),
    );
    expect(p.twoSided).toBe(1);
  });

  it('empty group, NaN, too many allocations', () => {
    expect(exactPermutation([], [1])).toHaveProperty('reason');
    expect(() => exactPermutation([Number.NaN], [1])).toThrow(RangeError);
    const many = Array.from({ length: 40 }, (_, i) => i);
    expect(exactPermutation(many, many)).toHaveProperty('reason');
  });
});
