import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDuration, nominalDay, visitWindow } from '../../server/studies/rules.ts';

describe('addDuration', () => {
  // Read from a calendar.
  test.each([
    ['2026-01-31', { months: 1 }, '2026-02-28'],
    ['2028-01-31', { months: 1 }, '2028-02-29'],
    ['2026-01-31', { months: 2 }, '2026-03-31'],
    ['2026-08-31', { months: 3 }, '2026-11-30'],
    ['2026-11-30', { months: 3 }, '2027-02-28'],
    ['2028-02-29', { months: 12 }, '2029-02-28'],
    ['2026-10-15', { months: 15 }, '2028-01-15'],
    ['2026-08-27', { months: 0 }, '2026-08-27'],
    ['2026-12-31', { days: 1 }, '2027-01-01'],
    ['2028-02-28', { days: 1 }, '2028-02-29'],
    // The clocks change on 29 March 2026 and on 25 October 2026.
    ['2026-03-28', { days: 2 }, '2026-03-30'],
    ['2026-10-24', { days: 2 }, '2026-10-26'],
  ])('%s and %o is %s', (from, duration, expected) => {
    expect(addDuration(from, duration)).toBe(expected);
  });

  test.each(['2026-02-30', '2026-13-01', '1.2.2026', '2026-01-01T00:00:00Z', ''])(
    '“%s” is no day',
    (text) => {
      expect(() => addDuration(text, { days: 1 })).toThrow(RangeError);
    },
  );
});

test('a window lies around its target, both ends inside', () => {
  const visit = { target: { months: 12 }, window: { before: 28, after: 28 } };
  expect(visitWindow(visit, '2026-08-27')).toEqual({
    opens: '2027-07-30',
    target: '2027-08-27',
    closes: '2027-09-24',
  });
});

test('the baseline’s window opens with screening', () => {
  const visit = { target: { days: 0 }, window: { before: 0, after: 28 } };
  expect(visitWindow(visit, '2026-02-10')).toEqual({
    opens: '2026-02-10',
    target: '2026-02-10',
    closes: '2026-03-10',
  });
});

test('months are named by the days of a mean year', () => {
  // 365.25 / 12 = 30.4375 days.
  expect([1, 2, 3, 12].map((months) => nominalDay({ months }))).toEqual([30, 61, 91, 365]);
  expect(nominalDay({ days: 56 })).toBe(56);
});

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test('later anchors never have earlier targets, and the day of the month is kept wherever the month has it', () => {
  fc.assert(
    fc.property(day, day, fc.nat(60), (a, b, months) => {
      const [first, second] = [a, b].sort() as [string, string];
      expect(addDuration(first, { months }) <= addDuration(second, { months })).toBe(true);
      const target = addDuration(a, { months });
      const next = addDuration(target, { days: 1 });
      if (target.slice(8) !== a.slice(8)) {
        expect(target.slice(8) < a.slice(8)).toBe(true);
        expect(next.slice(8)).toBe('01');
      }
    }),
  );
});
