import { createCanvas, GlobalFonts } from 'canvas';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarTicks } from '../../analysis/charts/month-ticks.ts';
import {
  decimal,
  decimalsFor,
  list,
  percent,
  plural,
  roundTicks,
  share,
  signed,
} from '../../analysis/charts/numbers.ts';
import { spread } from '../../analysis/charts/spread.ts';
import { fitText, textWidth, wrapText } from '../../analysis/charts/text-width.ts';
import { timeLabels } from '../../analysis/charts/time-labels.ts';
import { trueTypeFiles } from '../../server/charts/fonts.ts';

describe('numbers', () => {
  test('carry a true minus, and no sign at zero', () => {
    expect([decimal(-8.24), decimal(-0.04), decimal(0.04), decimal(3)]).toEqual([
      '−8.2',
      '0.0',
      '0.0',
      '3.0',
    ]);
    expect([signed(8.24), signed(-15), signed(-0.01), signed(0.01)]).toEqual(['+8.2', '−15.0', '0.0', '0.0']);
  });

  test('a share stands beside its denominator, halves rounded up', () => {
    expect([share(21, 35), share(25, 40), share(57, 200), share(0, 3)]).toEqual([
      '21/35 (60%)',
      '25/40 (63%)',
      '57/200 (29%)',
      '0/3 (0%)',
    ]);
    expect(percent(0.604)).toBe('60%');
  });

  test('words', () => {
    expect([plural(1, 'arm'), plural(1381, 'person', 'people')]).toEqual(['1 arm', '1,381 people']);
    expect([list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c'])]).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
    expect([decimalsFor([-12]), decimalsFor([0.9, -0.3]), decimalsFor([0.05])]).toEqual([1, 2, 3]);
  });

  test('roundTicks covers its range with evenly spaced round numbers', () => {
    expect(roundTicks(-13.8, 0)).toEqual([-16, -12, -8, -4, 0]);
    expect(roundTicks(-39, 42, 6, [1, 2, 5])).toEqual([-40, -20, 0, 20, 40, 60]);
    expect(roundTicks(0, 0.37)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    const bound = fc.integer({ min: -20_000, max: 20_000 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(bound, bound, fc.integer({ min: 2, max: 9 }), (one, other, most) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const ticks = roundTicks(low, high, most);
        const size = (high - low || 1) * 1e-6;
        expect(ticks[0]!).toBeLessThanOrEqual(low + size);
        expect(ticks.at(-1)!).toBeGreaterThanOrEqual(high - size);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
      }),
    );
  });
});

describe('text', () => {
  // Inter with the tabular figures that the pictures use.
  for (const file of trueTypeFiles()) GlobalFonts.registerFromPath(file, 'Inter Tabular');
  const context = createCanvas(1, 1).getContext('2d');

  test.each([
    '−17.2 (−38.8 to +7.1)',
    'Interpersonal therapy',
    'Received treatment (n = 44)',
    'Väinö Åström, 12 months',
    '21/35 (60%)',
  ])('“%s” is as wide as Inter sets it, to 2%%', (text) => {
    for (const weight of [400, 600] as const) {
      context.font = `${weight} 12px "Inter Tabular"`;
      const measured = context.measureText(text).width;
      expect(Math.abs(textWidth(text, 12, weight) / measured - 1)).toBeLessThan(0.02);
    }
  });

  test('is cut with an ellipsis, and wrapped at spaces but not at no-break ones', () => {
    expect(fitText('TAU', 100)).toBe('TAU');
    const cut = fitText('Psychoeducative group therapy', 100);
    expect(cut).toMatch(/^Psycho.*…$/);
    expect(textWidth(cut)).toBeLessThanOrEqual(100);
    expect(wrapText('Could not be reached (n\u00a0=\u00a03)', 130)).toEqual([
      'Could not be reached',
      '(n\u00a0=\u00a03)',
    ]);
    expect(wrapText('', 100)).toEqual([]);
  });

  test('no wrapped line is wider than its room', () => {
    const words = fc.array(fc.stringMatching(/^[A-Za-z]{1,14}$/), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(words, fc.integer({ min: 60, max: 300 }), (parts, width) => {
        for (const line of wrapText(parts.join(' '), width))
          expect(textWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('spread', () => {
  test('leaves labels alone that don’t touch', () => {
    expect(spread([10, 60, 110], 15, 0, 160)).toEqual([10, 60, 110]);
  });

  test('centres those that do on their wishes, in their order', () => {
    expect(spread([50, 52, 48], 15, 0, 160)).toEqual([50, 65, 35]);
  });

  test('keeps every pair apart and all within bounds where there is room', () => {
    const wishes = fc.array(fc.double({ min: 0, max: 160, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(wishes, (places) => {
        const moved = spread(places, 15, 0, 160);
        const sorted = [...moved].sort((a, b) => a - b);
        for (const [index, place] of sorted.entries()) {
          if (index > 0) expect(place - sorted[index - 1]!).toBeGreaterThanOrEqual(15 - 1e-9);
        }
        expect(sorted[0]!).toBeGreaterThanOrEqual(-1e-9);
        expect(sorted.at(-1)!).toBeLessThanOrEqual(160 + 1e-9);
        for (const [one, place] of places.entries()) {
          for (const [other, wish] of places.entries()) {
            if (place < wish) expect(moved[one]!).toBeLessThan(moved[other]!);
          }
        }
      }),
    );
  });
});

describe('axes', () => {
  test('visits keep their words while they fit, then get short ones, then numbers with a unit', () => {
    const visits = (width: number) =>
      [
        ['Baseline', 0],
        ['3 months', 91],
        ['12 months', 365],
      ].map(([label, day]) => ({ label: String(label), x: (Number(day) / 365) * width }));
    expect(timeLabels(visits(400))).toEqual({ words: ['Baseline', '3 months', '12 months'], unit: null });
    expect(timeLabels(visits(200))).toEqual({ words: ['Base', '3 mo', '12 mo'], unit: null });
    expect(timeLabels(visits(110))).toEqual({ words: ['Base', '3', '12'], unit: 'months' });
  });

  test('where even numbers collide, the last visit and the first keep theirs', () => {
    const visits = [0, 1, 2, 4, 52].map((week) => ({ label: `${week} weeks`, x: week * 4 }));
    const { words } = timeLabels(visits);
    expect([words[0], words.at(-1)]).toEqual(['0', '52']);
    expect(words.slice(1, 3)).toEqual(['', '']);
  });

  test('calendars are marked by weeks, months, quarters or years, as the room allows', () => {
    expect(calendarTicks('2026-01-05', '2026-02-20', 300).days).toEqual([
      '2026-01-05',
      '2026-01-19',
      '2026-02-02',
      '2026-02-16',
    ]);
    expect(calendarTicks('2025-09-08', '2026-12-31', 460)).toEqual({
      days: ['2025-10-01', '2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01'],
      format: '%b %Y',
    });
    expect(calendarTicks('2020-03-01', '2026-12-31', 300).days).toEqual([
      '2022-01-01',
      '2024-01-01',
      '2026-01-01',
    ]);
  });
});
