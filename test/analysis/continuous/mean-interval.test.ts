import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanInterval } from '../../../analysis/continuous/mean-interval.ts';

describe('meanInterval', () => {
  test('Student’s sleep data, as R prints t.test(extra ~ group, paired = TRUE)', () => {
    // Student. Biometrika 1908;6:1–25, differences of the two drugs; R's help page of t.test prints the interval.
    const result = meanInterval([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4], 0.95)!;
    expect(result.n).toBe(10);
    expect(result.estimate).toBeCloseTo(1.58, 12);
    expect(result.sd).toBeCloseTo(1.2299955, 6);
    expect(result.lower).toBeCloseTo(0.7001142, 7);
    expect(result.upper).toBeCloseTo(2.4598858, 7);
  });

  test('by hand: −10, −12, −8, −14 with t(3; 0.975) = 3.182446', () => {
    // Mean −11, s² = (1 + 1 + 9 + 9)/3 = 20/3, half width 3.182446 · √(20/3)/2 = 4.108521.
    const result = meanInterval([-10, -12, -8, -14])!;
    expect(result.estimate).toBe(-11);
    expect(result.lower).toBeCloseTo(-15.108521, 5);
    expect(result.upper).toBeCloseTo(-6.891479, 5);
  });

  test('by hand at 90%: 1, 3 with t(1; 0.95) = 6.313752', () => {
    const result = meanInterval([1, 3], 0.9)!;
    expect(result.lower).toBeCloseTo(2 - 6.313752, 5);
    expect(result.upper).toBeCloseTo(2 + 6.313752, 5);
  });

  test('no value, no mean; one value, no interval; equal values, no width', () => {
    expect(meanInterval([])).toBeNull();
    expect(meanInterval([-7])).toEqual({ n: 1, estimate: -7, sd: null, lower: null, upper: null });
    expect(meanInterval([4, 4, 4])).toEqual({ n: 3, estimate: 4, sd: 0, lower: 4, upper: 4 });
  });

  test('is symmetrical about its mean, moves with a shift and stretches with a factor', () => {
    const values = fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 2, maxLength: 80 });
    fc.assert(
      fc.property(values, fc.integer({ min: -30, max: 30 }), (sample, shift) => {
        const one = meanInterval(sample)!;
        expect(one.upper! - one.estimate).toBeCloseTo(one.estimate - one.lower!, 9);
        const moved = meanInterval(sample.map((value) => value + shift))!;
        expect(moved.lower).toBeCloseTo(one.lower! + shift, 9);
        const mirrored = meanInterval(sample.map((value) => -2 * value))!;
        expect(mirrored.lower).toBeCloseTo(-2 * one.upper!, 9);
      }),
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (value) => {
    expect(() => meanInterval([1, value])).toThrow(RangeError);
  });
});
