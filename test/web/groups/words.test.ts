import { expect, test } from 'vitest';
import type { Group, GroupsView, Plan } from '../../../web/groups/types.ts';
import { byInterest, isCurrent, nextName, planLine } from '../../../web/groups/words.ts';

const plan = (more: Partial<Plan>): Plan => ({
  site: 'lohja',
  arm: 'pegt',
  waiting: 5,
  free: 0,
  least: 4,
  most: 6,
  canBegin: true,
  ...more,
});
const group = (name: string, startsOn: string): Group => ({
  id: name,
  site: 'lohja',
  arm: 'pegt',
  name,
  therapist: null,
  startsOn,
  seats: 6,
  members: [],
});

test('the plan says who waits and what it takes', () => {
  expect(planLine(plan({}), 'Lohja')).toBe('5 waiting at Lohja: enough for a group of 4–6.');
  expect(planLine(plan({ waiting: 3, canBegin: false }), 'Lohja')).toBe(
    '3 waiting at Lohja: 1 more makes a group of 4–6.',
  );
  expect(planLine(plan({ free: 6 }), 'Lohja')).toBe(
    '5 waiting at Lohja: 6 free seats in groups that have not begun.',
  );
  expect(planLine(plan({ waiting: 0, canBegin: false, least: 6 }), 'Vihti')).toBe(
    'Nobody is waiting at Vihti for a group of 6.',
  );
});

test('groups still to begin come first, the next of them on top; then the latest that began', () => {
  const groups = [
    group('old', '2026-01-01'),
    group('later', '2026-12-20'),
    group('next', '2026-11-23'),
    group('new', '2026-10-01'),
  ];
  expect(byInterest(groups, '2026-11-23').map(({ name }) => name)).toEqual(['next', 'later', 'new', 'old']);
  // Twelve weeks before 23 November 2026 is 31 August.
  expect(isCurrent(group('a', '2026-09-01'), '2026-11-23')).toBe(true);
  expect(isCurrent(group('b', '2026-08-31'), '2026-11-23')).toBe(false);
});

test('the next name is free at the site', () => {
  const view = { groups: [group('PeGT 2', '2026-01-01')] } as GroupsView;
  expect(nextName(view, 'lohja', 'PeGT')).toBe('PeGT 3');
  expect(nextName(view, 'vihti', 'PeGT')).toBe('PeGT 1');
});
