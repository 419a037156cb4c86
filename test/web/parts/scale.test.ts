import { expect, test } from 'vitest';
import { visitAdjective } from '../../../web/parts/participant/nextVisit.ts';
import { scaleOf } from '../../../web/parts/participant/scale.ts';
import type { ParticipantView } from '../../../web/parts/participant/types.ts';

const person = {
  screenedOn: '2026-08-13',
  visits: [
    { opens: '2026-11-12', closes: '2026-12-10', seenOn: null },
    { opens: '2027-07-30', closes: '2027-09-24', seenOn: null },
    { opens: null, closes: null, seenOn: null },
  ],
  contacts: [{ on: '2026-09-20' }],
  events: [],
} as unknown as ParticipantView;

test('the axis holds everything that is known, and today', () => {
  const scale = scaleOf(person, '2027-10-30', 1000);
  for (const day of ['2026-08-13', '2026-12-10', '2027-09-24', '2027-10-30']) {
    expect(scale.at(day)).toBeGreaterThan(0);
    expect(scale.at(day, 1)).toBeLessThan(1000);
  }
});

test('month names stand at the first of the month, with the year where it begins', () => {
  const { months, at } = scaleOf(person, '2026-11-24', 1154);
  expect(months.map(({ label }) => label).slice(0, 6)).toEqual([
    'Sep 2026',
    'Oct',
    'Nov',
    'Dec',
    'Jan 2027',
    'Feb',
  ]);
  expect(months.every(({ day, x }) => day.endsWith('-01') && x === at(day))).toBe(true);
});

test('a narrow axis names fewer months and keeps them apart', () => {
  const { months } = scaleOf(person, '2026-11-24', 300);
  const gaps = months.slice(1).map(({ x }, index) => x - (months[index]?.x ?? 0));
  expect(months.length).toBeGreaterThan(1);
  expect(Math.min(...gaps)).toBeGreaterThan(55);
});

test('a button names its forms as people say them', () => {
  expect(visitAdjective('3 months')).toBe('3-month');
  expect(visitAdjective('1.5 months')).toBe('1.5-month');
  expect(visitAdjective('Baseline')).toBe('baseline');
});
