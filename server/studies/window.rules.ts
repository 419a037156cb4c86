import type { VisitDefinition } from './document.ts';

const DAY = 86_400_000;

/** A time from an anchor day: whole months, or whole days. */
export type Duration = VisitDefinition['target'];

/**
 * The calendar day a duration after a day (both YYYY-MM-DD).
 *
 * Months are calendar months: the same day of a later month, or that month's last day where it has no such day
 * (31 January + 1 month is 28 February, or 29 in a leap year). They are added in one step, never month by month,
 * so that 31 January + 2 months is 31 March. Days are calendar days; no clock or time zone comes into it.
 *
 * @throws {RangeError} where `day` is no calendar day
 */
export function addDuration(day: string, duration: Duration): string {
  const start = timeOf(day);
  if ('days' in duration) return dayOf(start + duration.days * DAY);
  const from = new Date(start);
  const month = from.getUTCMonth() + duration.months;
  const lastOfMonth = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return dayOf(Date.UTC(from.getUTCFullYear(), month, Math.min(from.getUTCDate(), lastOfMonth)));
}

/** First, target and last day of a visit, both ends inside. */
export interface VisitWindow {
  opens: string;
  target: string;
  closes: string;
}

/**
 * The window of a visit.
 *
 * @param anchor day of randomisation, or of screening for the baseline visit
 */
export function visitWindow(visit: Pick<VisitDefinition, 'target' | 'window'>, anchor: string): VisitWindow {
  const known = windows.get(visit) ?? new Map<string, VisitWindow>();
  const found = known.get(anchor) ?? windowAfter(visit, anchor);
  windows.set(visit, known.set(anchor, found));
  return found;
}

/** Windows by the visit's definition and the anchor day: many people share a day, and lists ask for thousands. */
const windows = new WeakMap<object, Map<string, VisitWindow>>();

function windowAfter(visit: Pick<VisitDefinition, 'target' | 'window'>, anchor: string): VisitWindow {
  const target = addDuration(anchor, visit.target);
  const middle = timeOf(target);
  return {
    opens: dayOf(middle - visit.window.before * DAY),
    target,
    closes: dayOf(middle + visit.window.after * DAY),
  };
}

/**
 * Target day of a visit counted from randomisation, for axes and for order: days as they are, a month as a
 * twelfth of 365.25 days, rounded (3 months: 91; 12 months: 365).
 */
export function nominalDay(target: Duration): number {
  return 'days' in target ? target.days : Math.round((target.months * 365.25) / 12);
}

function timeOf(day: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || dayOf(time) !== day)
    throw new RangeError(`“${day}” is no day such as 2026-03-31.`);
  return time;
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
