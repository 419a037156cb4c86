import type { WorklistRow } from '../../../server/visits/contract.ts';
import { t } from '../../language/t.ts';
import { briefAppointment, type Day, shortDay } from '../../time.ts';

export type Standing = { icon: 'query' | 'half' | 'phone' | 'calendar' | 'circle'; words: string };

/** Where a visit stands, in the words of the person who has to move it on: the most pressing fact first. */
export function standingOf(row: WorklistRow, today: Day): Standing {
  const { visit, contacts } = row;
  if (row.openQueries > 0)
    return {
      icon: 'query',
      words: t('{queries, plural, one {# query} other {# queries}} open', { queries: row.openQueries }),
    };
  if (visit.seenOn === today) return { icon: 'half', words: t('Seen today') };
  if (row.started !== null || visit.formsDone > 0) return { icon: 'half', words: t('Not finished') };
  if (visit.bookedFor !== null) {
    const missed = visit.bookedFor.slice(0, 10) < today;
    return missed
      ? {
          icon: 'calendar',
          words: t('Was booked {bookedFor}', { bookedFor: shortDay(visit.bookedFor.slice(0, 10)) }),
        }
      : {
          icon: 'calendar',
          words: t('Booked {bookedFor}', { bookedFor: briefAppointment(visit.bookedFor, today) }),
        };
  }
  if (contacts.last === 'not-reached')
    return {
      icon: 'phone',
      words: t('Not reached, {calls, plural, one {# call} other {# calls}}', { calls: contacts.count }),
    };
  if (contacts.last === 'declined') return { icon: 'phone', words: t('Declined, to confirm') };
  if (contacts.last === 'reached') return { icon: 'phone', words: t('Reached, not booked') };
  if (visit.opens !== null && visit.opens > today)
    return { icon: 'circle', words: t('Opens {opens}', { opens: shortDay(visit.opens) }) };
  return { icon: 'circle', words: t('Not booked') };
}

export type NextStep = 'continue' | 'contact' | 'enter' | 'book' | 'open';

/** The one thing to do next with a visit, by what the caller may do. */
export function nextStepOf(
  row: WorklistRow,
  may: (action: 'forms.enter' | 'contacts.log' | 'visits.book') => boolean,
): NextStep {
  const begun = row.started !== null || row.visit.formsDone > 0 || row.visit.seenOn !== null;
  if (begun && may('forms.enter')) return 'continue';
  if (row.daysLeft < 0 && row.visit.bookedFor === null && may('contacts.log')) return 'contact';
  if (row.visit.bookedFor !== null && may('forms.enter')) return 'enter';
  if (row.visit.bookedFor === null && may('visits.book')) return 'book';
  return 'open';
}

/** "4 days over", "1 day", "today". */
export function daysLeftWords(daysLeft: number): string {
  if (daysLeft < 0) return t('{days, plural, one {# day} other {# days}} over', { days: -daysLeft });
  return daysLeft === 0 ? t('Today') : t('{days, plural, one {# day} other {# days}}', { days: daysLeft });
}
