import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayNumber, dayText } from '../../analysis/day.ts';
import { recruitment } from '../../analysis/recruitment.ts';

/** One person on each of the last `count` days up to and with the cut-off, and others long before. */
function days(asOf: string, recent: number, before: number): string[] {
  const today = dayNumber(asOf);
  return [
    ...Array.from({ length: before }, (_, index) => dayText(today - 200 - index)),
    ...Array.from({ length: recent }, (_, index) => dayText(today - index)),
  ];
}

describe('series and plan', () => {
  test('counts up by day, from nothing on the first day to the cut-off', () => {
    const result = recruitment(['2026-02-03', '2026-01-10', '2026-02-03'], {
      target: 10,
      from: '2026-01-01',
      to: '2026-12-31',
      asOf: '2026-02-10',
    });
    expect(result.series).toEqual([
      { on: '2026-01-01', count: 0 },
      { on: '2026-01-10', count: 1 },
      { on: '2026-02-03', count: 3 },
      { on: '2026-02-10', count: 3 },
    ]);
    expect(result.planned).toEqual([
      { on: '2026-01-01', count: 0 },
      { on: '2026-12-31', count: 10 },
    ]);
    expect(result).toMatchObject({ count: 3, finishedOn: null });
  });

  test('is finished on the day of the last one needed, and forecasts no more', () => {
    const result = recruitment(['2026-01-10', '2026-02-03', '2026-03-01'], { target: 2, asOf: '2026-06-01' });
    expect(result).toMatchObject({ count: 3, finishedOn: '2026-02-03', forecast: null, planned: null });
    expect(result.series.at(-1)).toEqual({ on: '2026-03-01', count: 3 });
  });

  test('before anybody: a zero, the plan, no forecast', () => {
    const result = recruitment([], { target: 5, from: '2026-03-01', to: '2026-09-01', asOf: '2026-01-15' });
    expect(result.series).toEqual([{ on: '2026-01-15', count: 0 }]);
    expect(result.forecast).toBeNull();
  });

  test('refuses a day that isn’t one', () => {
    expect(() => recruitment(['2026-02-31'], { target: 5, asOf: '2026-06-01' })).toThrow(RangeError);
    expect(() => recruitment([], { target: 5, asOf: '1 June' })).toThrow(RangeError);
  });
});

describe('forecast', () => {
  // Expected days: the first h at which the negative binomial with size n + 0.5 and probability W/(W + h) reaches
  // what is missing with probability 0.1, 0.5, 0.9, by scipy.stats.nbinom.sf of SciPy 1.17.1.
  test('31 in 90 days, 16 to go: reached after 31, 46, 67 days (10%, 50%, 90%)', () => {
    const asOf = '2026-06-30';
    const { forecast } = recruitment(days(asOf, 31, 3), { target: 50, asOf });
    expect(forecast).toMatchObject({ level: 0.8, recent: 31, windowDays: 90 });
    const daysTo = (day: string | null) => dayNumber(day!) - dayNumber(asOf);
    expect(daysTo(forecast!.reached.earliest)).toBe(31);
    expect(daysTo(forecast!.reached.median)).toBe(46);
    expect(daysTo(forecast!.reached.latest)).toBe(67);
  });

  test('its points are the quantiles of the negative binomial, added up here from its probabilities', () => {
    const asOf = '2026-06-30';
    const { forecast } = recruitment(days(asOf, 31, 3), { target: 500, asOf });
    const [first, ...later] = forecast!.points;
    expect(first).toEqual({ on: asOf, median: 34, lower: 34, upper: 34 });
    for (const { on, lower, median, upper } of later) {
      const probability = 90 / (90 + dayNumber(on) - dayNumber(asOf));
      for (const [count, level] of [
        [lower, 0.1],
        [median, 0.5],
        [upper, 0.9],
      ] as const) {
        expect(cumulative(31.5, probability, count - 34)).toBeGreaterThanOrEqual(level);
        expect(cumulative(31.5, probability, count - 35)).toBeLessThan(level);
      }
    }
  });

  test('13 in the first 44 days, 121 to go: 283, 404, 596 days', () => {
    const asOf = '2026-02-14';
    const list = Array.from({ length: 13 }, (_, index) => dayText(dayNumber(asOf) - 3 * index));
    const { forecast } = recruitment(list, { target: 134, from: '2026-01-01', asOf });
    const daysTo = (day: string | null) => dayNumber(day!) - dayNumber(asOf);
    expect(forecast!.windowDays).toBe(44);
    expect(daysTo(forecast!.reached.earliest)).toBe(283);
    expect(daysTo(forecast!.reached.median)).toBe(404);
    expect(daysTo(forecast!.reached.latest)).toBe(596);
  });

  test('none in the first four weeks', () => {
    const plan = { target: 100, from: '2026-01-01' };
    expect(recruitment(['2026-01-05'], { ...plan, asOf: '2026-01-28' }).forecast).toBeNull();
    expect(recruitment(['2026-01-05'], { ...plan, asOf: '2026-01-29' }).forecast).not.toBeNull();
  });

  test('a standstill says that the target isn’t in sight', () => {
    const { forecast } = recruitment(['2025-01-01'], { target: 400, from: '2025-01-01', asOf: '2026-06-01' });
    expect(forecast).toMatchObject({ recent: 0 });
    expect(forecast!.reached).toEqual({ earliest: null, median: null, latest: null });
  });

  test('the band holds the median, rises, and never passes the target', () => {
    const list = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(list, fc.integer({ min: 81, max: 300 }), (offsets, target) => {
        const first = dayNumber('2026-01-01');
        const result = recruitment(
          offsets.map((offset) => dayText(first + offset)),
          { target, from: '2026-01-01', to: '2027-06-30', asOf: dayText(first + 300) },
        );
        const points = result.forecast!.points;
        for (const [index, point] of points.entries()) {
          expect(point.lower).toBeLessThanOrEqual(point.median);
          expect(point.median).toBeLessThanOrEqual(point.upper);
          expect(point.upper).toBeLessThanOrEqual(target);
          const before = points[index - 1];
          if (before) expect(point.median).toBeGreaterThanOrEqual(before.median);
        }
      }),
      { numRuns: 30 },
    );
  });
});

/** P(K ≤ k) of the negative binomial by adding up its probabilities, each from the one before. */
function cumulative(size: number, probability: number, k: number): number {
  let term = probability ** size;
  let sum = 0;
  for (let count = 0; count <= k; count++) {
    sum += term;
    term *= ((count + size) / (count + 1)) * (1 - probability);
  }
  return sum;
}
