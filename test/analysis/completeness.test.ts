import { expect, test } from 'vitest';
import { countBaseline } from '../../analysis/baseline-count.ts';
import { completeness } from '../../analysis/completeness.ts';
import { smallTrial } from './small-trial.ts';

const people = [
  { base: 20, m3: 10, m12: 4, randomised: '2025-01-01' },
  { base: 20, randomised: '2025-01-01' },
  { base: 20, m3: 11, randomised: '2026-05-20' },
  { base: 20, randomised: '2026-05-20' },
];

test('counts scores among those present or overdue', () => {
  const measures = [{ measure: 'hamd17.total', label: 'HAM-D17' }];
  expect(completeness(smallTrial(people), { measures, asOf: '2026-06-01' })).toEqual([
    { measure: 'hamd17.total', visit: 'base', label: 'HAM-D17, baseline', count: 4, of: 4 },
    { measure: 'hamd17.total', visit: 'm3', label: 'HAM-D17, 3 months', count: 2, of: 3 },
    { measure: 'hamd17.total', visit: 'm12', label: 'HAM-D17, 12 months', count: 1, of: 2 },
  ]);
});

test('lists only the visits at which a measure is taken', () => {
  const measures = [{ measure: 'cgi.severity', label: 'CGI', visits: ['m12'] }];
  expect(completeness(smallTrial(people), { measures, asOf: '2026-06-01' })).toEqual([
    { measure: 'cgi.severity', visit: 'm12', label: 'CGI, 12 months', count: 0, of: 2 },
  ]);
});

test('countBaseline counts each arm’s baseline scores in the population', () => {
  const trial = smallTrial([{ base: 20 }, { base: 21, started: false }, { m3: 4 }, { arm: 'b', base: 19 }]);
  expect(countBaseline(trial, 'hamd17.total', 'all-randomised')).toEqual({ a: 2, b: 1, c: 0 });
  expect(countBaseline(trial, 'hamd17.total', 'started-treatment')).toEqual({ a: 1, b: 1, c: 0 });
});
