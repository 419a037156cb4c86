import type { VisitView } from '../contract.ts';

/**
 * Whether a visit stands in the calendar: every appointment of a visit that goes on or took place, and what is still
 * to be booked. What was missed or stopped has no day to keep.
 */
export function inCalendar(visit: Pick<VisitView, 'state' | 'bookedFor' | 'target'>): boolean {
  if (visit.state === 'stopped') return false;
  if (visit.bookedFor !== null) return true;
  return (
    visit.target !== null &&
    (visit.state === 'upcoming' || visit.state === 'due' || visit.state === 'overdue')
  );
}
