import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wilsonInterval } from '../../../analysis/proportions/wilson.ts';

/** Newcombe RG. Stat Med 1998;17:857–872, Table I, method 3 (score method without continuity correction). */
const PUBLISHED: [successes: number, total: number, lower: number, upper: number][] = [
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
];

const counts = fc
  .integer({ min: 1, max: 5000 })
  .chain((total) => fc.tuple(fc.integer({ min: 0, max: total }), fc.constant(total)));
const level = fc.double({ min: 0.01, max: 0.9999, noNaN: true });

describe('wilsonInterval', () => {
  test.each(PUBLISHED)('%i of %i as Newcombe prints it', (successes, total, lower, upper) => {
    const interval = wilsonInterval(successes, total, 0.95)!;
    expect(interval.lower).toBeCloseTo(lower, 4);
    expect(interval.upper).toBeCloseTo(upper, 4);
  });

  test('17 of 45 as R 4.2.2 prop.test(17, 45, correct = FALSE)', () => {
    const { estimate, lower, upper } = wilsonInterval(17, 45)!;
    expect(estimate).toBeCloseTo(0.377777777777778, 14);
    expect(lower).toBeCloseTo(0.251080846721379, 13);
    expect(upper).toBeCloseTo(0.523700655191105, 13);
  });

  test('all and none give exactly 1 and 0 at the end that they touch', () => {
    expect(wilsonInterval(20, 20)!.upper).toBe(1);
    expect(wilsonInterval(0, 20)!.lower).toBe(0);
  });

  test('nobody observed: no interval', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  test('contains its estimate and stays within [0, 1]', () => {
    fc.assert(
      fc.property(counts, level, ([successes, total], confidence) => {
        const { estimate, lower, upper } = wilsonInterval(successes, total, confidence)!;
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(lower).toBeLessThanOrEqual(estimate);
        expect(upper).toBeGreaterThanOrEqual(estimate);
        expect(upper).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('its limits are where the score test just rejects', () => {
    fc.assert(
      fc.property(counts, ([successes, total]) => {
        const z = 1.959963984540054;
        const { estimate, lower, upper } = wilsonInterval(successes, total, 0.95)!;
        for (const limit of [lower, upper]) {
          const distance = (estimate - limit) ** 2;
          expect(distance).toBeCloseTo((z * z * limit * (1 - limit)) / total, 10);
        }
      }),
    );
  });

  test('counting failures mirrors it', () => {
    fc.assert(
      fc.property(counts, level, ([successes, total], confidence) => {
        const one = wilsonInterval(successes, total, confidence)!;
        const other = wilsonInterval(total - successes, total, confidence)!;
        expect(one.lower).toBeCloseTo(1 - other.upper, 14);
        expect(one.upper).toBeCloseTo(1 - other.lower, 14);
      }),
    );
  });

  test('a higher level is wider', () => {
    fc.assert(
      fc.property(counts, ([successes, total]) => {
        const narrow = wilsonInterval(successes, total, 0.9)!;
        const wide = wilsonInterval(successes, total, 0.99)!;
        expect(wide.upper - wide.lower).toBeGreaterThan(narrow.upper - narrow.lower);
      }),
    );
  });

  test.each([
    [3, 2],
    [-1, 5],
    [1.5, 4],
    [Number.NaN, 4],
    [1, Number.POSITIVE_INFINITY],
  ])('refuses %d of %d', (successes, total) => {
    expect(() => wilsonInterval(successes, total)).toThrow(RangeError);
  });

  test.each([0, 1, -0.5, Number.NaN])('refuses a level of %d', (confidence) => {
    expect(() => wilsonInterval(1, 2, confidence)).toThrow(RangeError);
    expect(() => wilsonInterval(0, 0, confidence)).toThrow(RangeError);
  });
});
