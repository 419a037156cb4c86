import { addDays, type Day, dayNumber, monthName, monthStart } from '../../time.ts';
import type { ParticipantView } from './types.ts';

export interface Scale {
  width: number;
  at(day: Day, part?: number): number;
  months: { day: Day; x: number; label: string }[];
}

/** A time axis that holds everything known about a participant, with as many month names as fit. */
export function scaleOf(person: ParticipantView, today: Day, width: number): Scale {
  const known = [
    person.screenedOn,
    today,
    ...person.visits.flatMap(({ opens, closes, seenOn }) => [opens, closes, seenOn]),
    ...person.contacts.map(({ on }) => on),
    ...person.events.map(({ on }) => on),
  ].filter((day) => day !== null);
  const sorted = [...known].sort();
  const margin = Math.max(5, Math.round((dayNumber(sorted.at(-1)!) - dayNumber(sorted[0]!)) * 0.02));
  const first = addDays(sorted[0]!, -margin);
  const last = addDays(sorted.at(-1)!, margin);
  const span = dayNumber(last) - dayNumber(first) + 1;
  const at = (day: Day, part = 0) => ((dayNumber(day) - dayNumber(first) + part) * width) / span;
  return { width, at, months: monthsOf(first, last, at, width / (span / 30.4)) };
}

function monthsOf(first: Day, last: Day, at: (day: Day) => number, pxPerMonth: number): Scale['months'] {
  const step = [1, 2, 3, 6, 12].find((months) => months * pxPerMonth >= 62) ?? 12;
  const months: Scale['months'] = [];
  for (let day = monthStart(first, 1); day <= last; day = monthStart(day, 1)) {
    const month = Number(day.slice(5, 7)) - 1;
    if (months.length > 0 && month % step !== 0) continue;
    if (months.length === 0 && step > 1 && month % step !== 0) continue;
    months.push({ day, x: at(day), label: monthName(day, months.length === 0 || month === 0) });
  }
  return months;
}
