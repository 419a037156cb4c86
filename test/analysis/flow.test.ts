import { expect, test } from 'vitest';
import type { Dataset, DatasetEvent } from '../../analysis/dataset.ts';
import { type FlowPlan, flow } from '../../analysis/flow.ts';
import { smallTrial } from './small-trial.ts';

const screening = {
  assessed: 12,
  excluded: [
    { label: 'Not meeting criteria', count: 3 },
    { label: 'Declined', count: 1 },
  ],
};
const plan: FlowPlan = {
  population: 'all-randomised',
  missing: 'non-response',
  measure: 'hamd17.total',
  asOf: '2027-06-01',
};

function withdrawal(
  participant: string,
  on: string,
  detail: string,
  kind: DatasetEvent['kind'] = 'withdrawal',
): DatasetEvent {
  return { participant, event: kind, kind, on, detail };
}

/** Six people in arm a, one in c; all randomised on 1 January 2026. */
function trial(): Dataset {
  const data = smallTrial([
    { base: 20, m3: 10, m12: 5 },
    { base: 20, m3: 10 },
    { base: 20, m12: 6 },
    { base: 20, started: false },
    { base: 20 },
    { base: 20, m3: 12 },
    { arm: 'c', base: 20, m3: 10, m12: 5 },
  ]);
  data.events.push(
    withdrawal('P2', '2026-08-01', 'Moved away'),
    withdrawal('P4', '2026-01-20', 'Withdrew consent'),
    withdrawal('P5', '2026-11-20', 'Could not be reached'),
    withdrawal('P6', '2026-07-01', '', 'death'),
  );
  return data;
}

test('counts people from the first screened to the last analysed', () => {
  const result = flow(trial(), screening, plan);
  expect(result).toMatchObject({ assessed: 12, excluded: 4, awaiting: 1, randomised: 7 });
  const [a, b, c] = result.arms;
  expect(a).toMatchObject({
    allocated: 6,
    received: 5,
    neverStarted: 1,
    analysed: 6,
    notAnalysed: 0,
    complete: 2,
  });
  expect(b).toMatchObject({ allocated: 0, received: 0, analysed: 0 });
  expect(c).toMatchObject({ allocated: 1, analysed: 1, complete: 1 });
  expect(a!.visits.map(({ assessed, lost, awaited }) => [assessed, lost, awaited])).toEqual([
    [3, 3, 0],
    [2, 4, 0],
  ]);
});

test('gives a loss the reason that can have caused it, and every arm the same list', () => {
  const [a, , c] = flow(trial(), screening, plan).arms;
  const reasons = (arm: typeof a, visit: number) =>
    Object.fromEntries(arm!.visits[visit]!.reasons.map(({ label, count }) => [label, count]));
  // P5 withdrew in November, before the 12-month visit fell due on 1 January 2027: that explains both misses.
  expect(reasons(a, 0)).toEqual({
    'Could not be reached': 1,
    'Withdrew consent': 1,
    'Moved away': 0,
    Died: 0,
    'Missed, seen later': 1,
  });
  expect(reasons(a, 1)).toEqual({
    'Could not be reached': 1,
    'Withdrew consent': 1,
    'Moved away': 1,
    Died: 1,
    'Missed, seen later': 0,
  });
  expect(Object.keys(reasons(c, 0))).toEqual(Object.keys(reasons(a, 0)));
  expect(Object.values(reasons(c, 0)).every((count) => count === 0)).toBe(true);
});

test('a withdrawal after the next visit fell due doesn’t explain an earlier miss', () => {
  const data = smallTrial([{ base: 20 }]);
  data.events.push(withdrawal('P1', '2027-02-01', 'Moved away'));
  const [a] = flow(data, screening, plan).arms;
  expect(a!.visits[0]!.reasons).toContainEqual({ label: 'No reason recorded', count: 1 });
  expect(a!.visits[1]!.reasons).toContainEqual({ label: 'Moved away', count: 1 });
});

test('a visit is missed only once its window has closed', () => {
  const data = smallTrial([{ base: 20 }]);
  data.visits[1]!.closes = 105;
  // Day 105 after 1 January 2026 is 16 April.
  const at = (asOf: string) => flow(data, screening, { ...plan, asOf }).arms[0]!.visits[0]!;
  expect(at('2026-04-16')).toMatchObject({ lost: 0, awaited: 1 });
  expect(at('2026-04-17')).toMatchObject({ lost: 1, awaited: 0 });
});

test('observed cases analyse those with the primary score of the chosen visit and population', () => {
  const observed = flow(trial(), screening, { ...plan, missing: 'observed', visit: 'm3' }).arms[0]!;
  expect(observed).toMatchObject({ analysed: 3, notAnalysed: 3, complete: 3 });
  const started = flow(trial(), screening, { ...plan, population: 'started-treatment' }).arms[0]!;
  expect(started).toMatchObject({ allocated: 6, analysed: 5, notAnalysed: 1 });
});

test('at each visit, assessed, lost and awaited make up the arm, and reasons make up the lost', () => {
  for (const asOf of ['2026-01-01', '2026-05-01', '2027-06-01']) {
    for (const arm of flow(trial(), screening, { ...plan, asOf }).arms) {
      for (const visit of arm.visits) {
        expect(visit.assessed + visit.lost + visit.awaited).toBe(arm.allocated);
        expect(visit.reasons.reduce((sum, { count }) => sum + count, 0)).toBe(visit.lost);
      }
    }
  }
});

test('nobody yet: all zero, no crash', () => {
  const result = flow(smallTrial([]), { assessed: 0, excluded: [] }, plan);
  expect(result).toMatchObject({ assessed: 0, excluded: 0, awaiting: 0, randomised: 0 });
  expect(result.arms.map(({ allocated }) => allocated)).toEqual([0, 0, 0]);
});
