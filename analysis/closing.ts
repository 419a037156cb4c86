import type { DatasetParticipant, DatasetVisit } from './dataset.ts';
import { dayNumber } from './day.ts';

/**
 * The day number on which a participant's window of a visit closes: as the dataset gives it for the person, in calendar
 * months and under the site's own protocol version, else counted from randomisation by the visit's nominal days.
 */
export function closingDay(person: DatasetParticipant, visit: DatasetVisit): number {
  const closes = person.closes?.[visit.id];
  return closes === undefined
    ? dayNumber(person.randomisedOn) + (visit.closes ?? visit.day)
    : dayNumber(closes);
}
