import { t } from '../../language/t.ts';
import { ageInDays, daysBetween, localDay } from '../../time.ts';
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
      label: t('Overdue'),
      note:
        overdue === 0
          ? t('no window has closed')
          : t('oldest {days, plural, one {# day} other {# days}}', { days: oldest }),
      late: true,
    },
    {
      id: 'week',
      value: week,
      label: t('Due this week'),
      note:
        week === 0
          ? t('no window closes by Sunday')
          : idle === 0
            ? t('all booked')
            : t('{idle} not booked', { idle }),
    },
    {
      id: 'queries',
      value: read.queries.length,
      label: t('Queries for me'),
      note:
        read.queries.length === 0
          ? t('none is open')
          : t('oldest {ageInDays}', { ageInDays: ageInDays(waited) }),
    },
  ];
}
