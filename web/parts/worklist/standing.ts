import type { WorklistRow } from '../../../server/visits/contract.ts';
import { briefAppointment, count, type Day, shortDay } from '../../time.ts';

export type Standing = { icon: 'query' | 'half' | 'phone' | 'calendar' | 'circle'; words: string };

/** Where a visit stands, in the words of the person who has to move it on: the most pressing fact first. */
export function standingOf(row: WorklistRow, today: Day): Standing {
  const { visit, contacts } = row;
  if (row.openQueries > 0)
    return { icon: 'query', words: `${count(row.openQueries, 'query', 'queries')} open` };
  if (visit.seenOn === today) return { icon: 'half', words: 'Seen today' };
  if (row.started !== null || visit.formsDone > 0) return { icon: 'half', words: 'Not finished' };
  if (visit.bookedFor !== null) {
    const missed = visit.bookedFor.slice(0, 10) < today;
    return missed
      ? { icon: 'calendar', words: `Was booked ${shortDay(visit.bookedFor.slice(0, 10))}` }
      : { icon: 'calendar', words: `Booked ${briefAppointment(visit.bookedFor, today)}` };
  }
  if (contacts.last === 'not-reached')
    return { icon: 'phone', words: `Not reached, ${count(contacts.count, 'call')}` };
  if (contacts.last === 'declined') return { icon: 'phone', words: 'Declined, to confirm' };
  if (contacts.last === 'reached') return { icon: 'phone', words: 'Reached, not booked' };
  if (visit.opens !== null && visit.opens > today)
    return { icon: 'circle', words: `Opens ${shortDay(visit.opens)}` };
  return { icon: 'circle', words: 'Not booked' };
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
  if (daysLeft < 0) return `${count(-daysLeft, 'day')} over`;
  return daysLeft === 0 ? 'Today' : count(daysLeft, 'day');
}
