import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Design, simulate } from '../../../randomisation/index.ts';
import { asShare, blindGuess, csvOf, inParticipants, ticksTo } from '../../../web/simulator/numbers.ts';

test('whoever knows nothing names the arm with the largest ratio', () => {
  expect(blindGuess([{ ratio: 1 }, { ratio: 1 }, { ratio: 1 }])).toBeCloseTo(1 / 3, 12);
  expect(blindGuess([{ ratio: 2 }, { ratio: 1 }])).toBeCloseTo(2 / 3, 12);
});

test('means carry their standard errors', () => {
  expect(inParticipants({ mean: 2.34, standardError: 0.061, percentile95: 5 })).toBe('2.3 ± 0.06');
  expect(asShare({ mean: 0.4634, standardError: 0.0011, percentile95: 0.5 })).toBe('46.3% ± 0.11');
});

test('ticks begin at 0, are even, at most five, and don’t pass the end', () => {
  expect(ticksTo(21)).toEqual([0, 10, 20]);
  expect(ticksTo(0.72)).toEqual([0, 0.2, 0.4, 0.6]);
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (most) => {
      const ticks = ticksTo(most);
      expect(ticks[0]).toBe(0);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(5);
      expect(ticks.at(-1)!).toBeLessThanOrEqual(most * (1 + 1e-9));
      for (let i = 1; i < ticks.length; i++) expect(ticks[i]! - ticks[i - 1]!).toBeCloseTo(ticks[1]!, 6);
    }),
  );
});

test('the CSV holds a row for each design, quoted where it must be, and leaves open what there is none of', () => {
  const design: Design = {
    engine: 1,
    study: 's',
    arms: [
      { id: 'a', ratio: 1 },
      { id: 'b', ratio: 1 },
    ],
    factors: [],
    scheme: { kind: 'simple' },
  };
  const trials: number[] = [];
  const result = simulate(design, { n: 10, trials: 5, seed: 3, sites: 2 }, (done) => trials.push(done));
  expect(trials).toEqual([1, 2, 3, 4, 5]);
  const candidate = { id: 'own', label: 'Minimisation, p = 0.8', own: true, design };
  const [header, row, end] = csvOf([{ candidate, result, warnings: [] }]).split('\r\n');
  // Each of six measures has three numbers, after design, participants, sites and trials.
  expect(header!.match(/(^|,)("[^"]*"|[^",]*)/g)).toHaveLength(4 + 6 * 3);
  expect(row).toMatch(/^"Minimisation, p = 0.8",10,2,5,/);
  // A coin shared by two: half of the guesses are right, and no allocation is certain.
  expect(row).toMatch(/,,,,0\.5,0,0\.5,0\.5,0,0\.5,0,0,0$/);
  expect(end).toBe('');
});
