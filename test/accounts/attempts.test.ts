import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Count,
  FOR_ACCOUNT,
  FOR_ADDRESS,
  waitFor,
  withOneLess,
  withOneMore,
} from '../../server/accounts/attempts/rules.ts';

const start = new Date('2026-11-23T09:00:00.000Z');
const later = (ms: number) => new Date(start.getTime() + ms);
const filled = (times: number, now = start): Count => {
  let count: Count | null = null;
  for (let n = 0; n < times; n++) count = withOneMore(count, now, FOR_ACCOUNT);
  return count!;
};

test('nine failures cost nothing, the tenth a minute, and each further one twice as long, up to a quarter of an hour', () => {
  expect(waitFor(filled(9), start)).toBe(0);
  const minutes = [10, 11, 12, 13, 14, 30].map((times) => waitFor(filled(times), start) / 60_000);
  expect(minutes).toEqual([1, 2, 4, 8, 15, 15]);
});

test('an hour without failures forgets ten of them', () => {
  const count = filled(10);
  expect(withOneMore(count, later(60 * 60_000), FOR_ACCOUNT).level).toBeCloseTo(1);
});

test('an address of many people takes a hundred', () => {
  let count: Count | null = null;
  for (let n = 0; n < 99; n++) count = withOneMore(count, start, FOR_ADDRESS);
  expect(waitFor(count, start)).toBe(0);
  expect(waitFor(withOneMore(count, start, FOR_ADDRESS), start)).toBe(60_000);
});

test('whoever waits as told never gets more than ten tries and then one a minute, however they space them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 120_000 }), { minLength: 1, maxLength: 200 }),
      (pauses) => {
        let now = 0;
        let count: Count | null = null;
        let tries = 0;
        for (const pause of pauses) {
          now += pause;
          if (waitFor(count, later(now)) > 0) continue;
          count = withOneMore(count, later(now), FOR_ACCOUNT);
          tries += 1;
        }
        // Ten that fit, what leaked meanwhile, and one after each delay of a minute at least.
        expect(tries).toBeLessThanOrEqual(10 + now / FOR_ACCOUNT.forgets + now / 60_000);
      },
    ),
  );
});

test('one that was right is taken back, and only it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 }), (before) => {
      const count = before === 0 ? null : filled(before);
      const after = withOneLess(withOneMore(count, start, FOR_ACCOUNT), start, FOR_ACCOUNT);
      expect(after.level).toBeCloseTo(before);
      if (before < 10) expect(waitFor(after, start)).toBe(0);
      else expect(waitFor(after, start)).toBeGreaterThan(0);
    }),
  );
});

test('a clock that jumps keeps nobody out for longer than a quarter of an hour', () => {
  expect(waitFor(filled(30), later(-365 * 86_400_000))).toBe(15 * 60_000);
});
