import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  ageInDays,
  appointment,
  briefAppointment,
  dayFrom,
  dayNumber,
  dayRange,
  daysBetween,
  fullDay,
  longDay,
  mondayOf,
  monthName,
  monthStart,
  shortDay,
  signed,
  weekday,
} from '../../web/time.ts';

const day = fc.integer({ min: 0, max: 40_000 }).map(dayFrom);

describe('days as the interface writes them', () => {
  test('in the forms of the design reference', () => {
    expect(fullDay('2026-11-24')).toBe('24 Nov 2026');
    expect(shortDay('2026-12-01')).toBe('1 Dec');
    // ISO 8601 week days: 24 November 2026 is the Tuesday of week 48.
    expect(longDay('2026-11-24')).toBe('Tuesday 24 November');
    expect(weekday('2026-11-29')).toBe('Sun');
    expect(monthName('2027-01-01', true)).toBe('Jan 2027');
  });

  test('appointments say the week day alone only when it is near', () => {
    expect(appointment('2026-12-01T10:00')).toBe('Tue 1 Dec 10:00');
    expect(briefAppointment('2026-11-25T09:30', '2026-11-24')).toBe('Wed 09:30');
    expect(briefAppointment('2026-12-01T10:00', '2026-11-24')).toBe('1 Dec 10:00');
  });

  test('ranges carry the year where it is not the given one or changes', () => {
    expect(dayRange('2026-11-12', '2026-12-10', '2026')).toBe('12 Nov – 10 Dec');
    expect(dayRange('2027-07-30', '2027-09-24', '2026')).toBe('30 Jul – 24 Sep 2027');
    expect(dayRange('2026-12-20', '2027-01-17', '2026')).toBe('20 Dec 2026 – 17 Jan 2027');
  });

  test('signs', () => {
    expect(ageInDays(0)).toBe('today');
    expect(signed(-2.5, 1)).toBe('−2.5');
    expect(signed(1.5, 1)).toBe('+1.5');
    expect(signed(0)).toBe('0');
  });
});

describe('arithmetic of days', () => {
  test('leap years and the ends of months', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2); // summer time begins between them
    expect(monthStart('2026-11-24', 2)).toBe('2027-01-01');
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
  });

  test('adding and counting agree on any day', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -20_000, max: 20_000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days);
        expect(dayFrom(dayNumber(from))).toBe(from);
      }),
    );
  });

  test('a week begins on the Monday at or before any of its days', () => {
    fc.assert(
      fc.property(day, (some) => {
        expect(weekday(mondayOf(some))).toBe('Mon');
        expect(daysBetween(mondayOf(some), some)).toBeGreaterThanOrEqual(0);
        expect(daysBetween(mondayOf(some), some)).toBeLessThan(7);
      }),
    );
  });
});
