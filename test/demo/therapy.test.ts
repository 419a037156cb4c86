import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seatsOf } from '../../server/demo/therapy.ts';

test('everyone has a seat, no group is too large, and sizes differ by one at most', () => {
  expect(seatsOf(26, { from: 4, to: 6 })).toEqual([6, 5, 5, 5, 5]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 40 }), (count, to) => {
      const sizes = seatsOf(count, { from: 1, to });
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(count);
      for (const size of sizes) expect(size).toBeLessThanOrEqual(to);
      expect(Math.max(0, ...sizes) - Math.min(...sizes, Math.max(0, ...sizes))).toBeLessThanOrEqual(1);
    }),
  );
});
