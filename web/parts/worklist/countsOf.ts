import { ageInDays, count, daysBetween, localDay } from '../../time.ts';
import type { CountFace } from './Counts.tsx';
import type { Group } from './grouped.ts';
import type { Worklist } from './types.ts';

/** The three counts with the fact that makes each of them urgent. */
export function countsOf(read: Worklist, groups: readonly Group[]): CountFace[] {
  const rows = (id: Group['id']) => groups.find((group) => group.id === id)?.rows ?? [];
  const overdue = rows('overdue');
  const week = rows('week');
  const idle = week.filter(
    ({ visit, started }) => visit.bookedFor === null && visit.seenOn === null && started === null,
  );
  const oldest = Math.max(0, ...overdue.map(({ daysLeft }) => -daysLeft));
  const waited = Math.max(
    0,
    ...read.queries.map(({ openedAt }) => daysBetween(localDay(openedAt), read.today)),
  );
  return [
    {
      id: 'overdue',
      value: overdue.length,
      label: 'Overdue',
      note: overdue.length === 0 ? 'no window has closed' : `oldest ${count(oldest, 'day')}`,
      late: true,
    },
    {
      id: 'week',
      value: week.length,
      label: 'Due this week',
      note:
        week.length === 0
          ? 'no window closes by Sunday'
          : idle.length === 0
            ? 'all booked'
            : `${idle.length} not booked`,
    },
    {
      id: 'queries',
      value: read.queries.length,
      label: 'Queries for me',
      note: read.queries.length === 0 ? 'none is open' : `oldest ${ageInDays(waited)}`,
    },
  ];
}
