import { ageInDays, count, daysBetween, localDay } from '../../time.ts';
import type { CountFace } from './Counts.tsx';
import type { Worklist } from './types.ts';

/** The three counts with the fact that makes each of them urgent. */
export function countsOf(read: Worklist): CountFace[] {
  const { overdue, oldest, week, idle } = read.counts;
  const waited = Math.max(
    0,
    ...read.queries.map(({ openedAt }) => daysBetween(localDay(openedAt), read.today)),
  );
  return [
    {
      id: 'overdue',
      value: overdue,
      label: 'Overdue',
      note: overdue === 0 ? 'no window has closed' : `oldest ${count(oldest, 'day')}`,
      late: true,
    },
    {
      id: 'week',
      value: week,
      label: 'Due this week',
      note: week === 0 ? 'no window closes by Sunday' : idle === 0 ? 'all booked' : `${idle} not booked`,
    },
    {
      id: 'queries',
      value: read.queries.length,
      label: 'Queries for me',
      note: read.queries.length === 0 ? 'none is open' : `oldest ${ageInDays(waited)}`,
    },
  ];
}
