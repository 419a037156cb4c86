import { expect, test } from 'vitest';
import type { Dataset } from '../../analysis/dataset.ts';
import { dropOut } from '../../analysis/drop-out.ts';

const person = (id: string, arm = 'new', startedTreatment = true) => ({
  id,
  arm,
  site: 'one',
  randomisedOn: '2025-01-01',
  factors: {},
  startedTreatment,
});
const event = (participant: string, kind: 'withdrawal' | 'death', on: string) => ({
  participant,
  event: kind,
  kind,
  on,
  detail: '',
});
const dataset: Dataset = {
  arms: [
    { id: 'new', label: 'New', reference: false },
    { id: 'old', label: 'Old', reference: true },
  ],
  visits: [
    { id: 'base', label: 'Baseline', day: 0, baseline: true },
    { id: 'year', label: '12 months', day: 365, baseline: false },
  ],
  participants: [
    person('stays'),
    person('leaves'),
    person('dies'),
    person('late', 'old'),
    person('never', 'old', false),
    { ...person('recent', 'old'), randomisedOn: '2025-11-02' },
  ],
  scores: [],
  events: [
    event('leaves', 'withdrawal', '2025-06-01'),
    event('leaves', 'withdrawal', '2025-04-01'),
    event('dies', 'death', '2025-05-01'),
    event('dies', 'withdrawal', '2025-06-01'),
    event('late', 'withdrawal', '2026-03-01'),
  ],
};

test('follows everybody to the first withdrawal, else to the last visit, death or today', () => {
  const { new: first, old } = dropOut(dataset, { population: 'all-randomised', asOf: '2026-06-01' });
  // 1 Jan to 1 Apr 2025 are 90 days, to 1 May 120; the last visit falls due after 365.
  const months = (days: number) => days / (365 / 12);
  expect(first).toEqual([
    { time: months(365), event: false },
    { time: months(90), event: true },
    { time: months(120), event: false },
  ]);
  // 2 Nov 2025 to 1 Jun 2026 are 211 days.
  expect(old).toEqual([
    { time: months(365), event: false },
    { time: months(365), event: false },
    { time: months(211), event: false },
  ]);
});

test('of those who started treatment only, where that is the population', () => {
  const { old } = dropOut(dataset, { population: 'started-treatment', asOf: '2026-06-01' });
  expect(old).toHaveLength(2);
});

test('nobody is followed backwards on the day before they were randomised', () => {
  const { old } = dropOut(dataset, { population: 'all-randomised', asOf: '2025-10-01' });
  expect(old![2]).toEqual({ time: 0, event: false });
});
