import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newcombeInterval } from '../../../analysis/proportions/newcombe.ts';

/** Newcombe RG. Stat Med 1998;17:873–890, Table II, contrasts (a)–(h), method 10. */
const PUBLISHED: [string, number, number, number, number, number, number][] = [
  ['a', 56, 70, 48, 80, 0.0524, 0.3339],
  ['b', 9, 10, 3, 10, 0.1705, 0.809],
  ['c', 6, 7, 2, 7, 0.0582, 0.8062],
  ['d', 5, 56, 0, 29, -0.0381, 0.1926],
  ['e', 0, 10, 0, 20, -0.1611, 0.2775],
  ['f', 0, 10, 0, 10, -0.2775, 0.2775],
  ['g', 10, 10, 0, 20, 0.6791, 1],
  ['h', 10, 10, 0, 10, 0.6075, 1],
];

const group = fc
  .integer({ min: 1, max: 2000 })
  .chain((total) => fc.record({ successes: fc.integer({ min: 0, max: total }), total: fc.constant(total) }));

describe('newcombeInterval', () => {
  test.each(PUBLISHED)('contrast (%s): %i/%i − %i/%i', (_, x1, n1, x2, n2, lower, upper) => {
    const interval = newcombeInterval({ successes: x1, total: n1 }, { successes: x2, total: n2 })!;
    expect(interval.estimate).toBeCloseTo(x1 / n1 - x2 / n2, 14);
    expect(interval.lower).toBeCloseTo(lower, 4);
    expect(interval.upper).toBeCloseTo(upper, 4);
  });

  test('56/70 − 48/80 to fifteen figures, by R’s ratesci and bisection', () => {
    const { lower, upper } = newcombeInterval({ successes: 56, total: 70 }, { successes: 48, total: 80 })!;
    expect(lower).toBeCloseTo(0.0524314724023649, 13);
    expect(upper).toBeCloseTo(0.333872654036906, 13);
  });

  test('nobody observed in either group: no interval', () => {
    const some = { successes: 3, total: 8 };
    const nobody = { successes: 0, total: 0 };
    expect(newcombeInterval(some, nobody)).toBeNull();
    expect(newcombeInterval(nobody, some)).toBeNull();
    expect(newcombeInterval(nobody, nobody)).toBeNull();
  });

  test('contains its estimate and stays within [−1, 1]', () => {
    fc.assert(
      fc.property(group, group, (first, second) => {
        const { estimate, lower, upper } = newcombeInterval(first, second, 0.95)!;
        expect(lower).toBeLessThanOrEqual(estimate);
        expect(upper).toBeGreaterThanOrEqual(estimate);
        expect(lower).toBeGreaterThanOrEqual(-1);
        expect(upper).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('swapping the groups negates it', () => {
    fc.assert(
      fc.property(group, group, (first, second) => {
        const one = newcombeInterval(first, second)!;
        const other = newcombeInterval(second, first)!;
        expect(one.estimate).toBeCloseTo(-other.estimate, 14);
        expect(one.lower).toBeCloseTo(-other.upper, 14);
        expect(one.upper).toBeCloseTo(-other.lower, 14);
      }),
    );
  });

  test('refuses impossible counts', () => {
    expect(() => newcombeInterval({ successes: 9, total: 8 }, { successes: 1, total: 8 })).toThrow(
      RangeError,
    );
  });
});
