import type { WorklistRow } from '../../../server/visits/contract.ts';
import { t } from '../../language/t.ts';
import { addDays, type Day, mondayOf, shortDay } from '../../time.ts';
import type { Worklist } from './types.ts';

export type Show = 'overdue' | 'week' | 'queries';

export interface Group {
  id: 'overdue' | 'week' | 'later';
  title: string;
  reason: string;
  /** Of this page. */
  rows: WorklistRow[];
}

/** A page of rows in the order of their window's close, split into overdue, closing by Sunday, and later; empty groups are left out. */
export function grouped({ rows, counts, today }: Pick<Worklist, 'rows' | 'counts' | 'today'>): Group[] {
  const monday = mondayOf(today);
  const sunday = addDays(monday, 6);
  const overdue = rows.filter((row) => row.daysLeft < 0);
  const week = rows.filter((row) => row.daysLeft >= 0 && closes(row) <= sunday);
  const later = rows.filter((row) => row.daysLeft >= 0 && closes(row) > sunday);
  const groups: Group[] = [
    {
      id: 'overdue',
      title: t('Overdue'),
      reason: t(
        '{windowsHave, plural, one {# window has} other {# windows have}} closed; the visit can still be entered with a reason',
        { windowsHave: counts.overdue },
      ),
      rows: overdue,
    },
    {
      id: 'week',
      title: t('Closing this week'),
      reason: `${monday.slice(5, 7) === sunday.slice(5, 7) ? Number(monday.slice(8)) : shortDay(monday)}–${shortDay(sunday)}`,
      rows: week,
    },
    {
      id: 'later',
      title: t('Later'),
      reason: t('{visits, plural, one {# visit} other {# visits}} up to {last}', {
        visits: counts.after,
        last: shortDay(counts.last ?? sunday),
      }),
      rows: later,
    },
  ];
  return groups.filter((group) => group.rows.length > 0);
}

const closes = (row: WorklistRow): Day => row.visit.closes ?? '9999-12-31';
