import { describe, expect, it } from 'vitest';
import { readDay } from '../../../web/forms/readDay.ts';
import { readNumber } from '../../../web/forms/readNumber.ts';
import { outside, outsideInWords } from '../../../web/forms/window.ts';

describe('what is typed into a form', () => {
  it.each([
    ['24 Nov 2026', '2026-11-24'],
    ['24 november 2026', '2026-11-24'],
    ['24.11.2026', '2026-11-24'],
    ['3/10/26', '2026-10-03'],
    ['2026-11-24', '2026-11-24'],
    ['24.11', '2026-11-24'],
    ['29.2.2028', '2028-02-29'],
  ])('reads the day %s', (typed, day) => {
    expect(readDay(typed, '2026-12-01')).toBe(day);
  });

  it.each(['', '31.2.2026', '24', 'soon', '1.13.2026', '1.1.1', '12.12.2026.3'])(
    'reads no day in “%s”',
    (typed) => {
      expect(readDay(typed, '2026-12-01')).toBeNull();
    },
  );

  it('reads numbers with a decimal comma, a point and a true minus', () => {
    expect(['12', '1,5', '1.5', '−3', '-3', ' 7 '].map(readNumber)).toEqual([12, 1.5, 1.5, -3, -3, 7]);
    expect(['', '1e3', '1.2.3', 'seven', '-'].map(readNumber)).toEqual([null, null, null, null, null]);
  });
});

describe('the date of assessment against the visit window', () => {
  const window = { opens: '2026-10-26', closes: '2026-11-23' };

  it('counts both edges as inside', () => {
    expect(outside(window, '2026-10-26')).toBeNull();
    expect(outside(window, '2026-11-23')).toBeNull();
    expect(outside({ opens: null, closes: null }, '2026-11-23')).toBeNull();
  });

  it('says how far outside and when the edge was', () => {
    expect(outsideInWords(window, '2026-11-24')).toBe('1 day after the window closed on 23 Nov.');
    expect(outsideInWords(window, '2026-10-20')).toBe('6 days before the window opens on 26 Oct.');
    expect(outsideInWords(window, '2027-01-02')).toBe('40 days after the window closed on 23 Nov 2026.');
  });
});
