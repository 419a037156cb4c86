/**
 * A day as far as it is known: both ends of 2026-03 are days of March. A day that is known has both ends the same.
 */
export interface Day {
  readonly sort: 'day';
  /** First and last day that it can be, YYYY-MM-DD. */
  readonly first: string;
  readonly last: string;
}

/** A length of time: days, or whole months. */
export interface Span {
  readonly sort: 'days' | 'months';
  readonly of: number;
}

/** Reads 2026-03-14, 2026-03 or 2026; null where it is no date. */
export function toDay(text: string): Day | null {
  if (/^\d{4}$/.test(text)) return { sort: 'day', first: `${text}-01-01`, last: `${text}-12-31` };
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  if (month) {
    const end = new Date(Date.UTC(Number(month[1]), Number(month[2]), 0));
    return { sort: 'day', first: `${text}-01`, last: write(end) };
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && write(date) === text
    ? { sort: 'day', first: text, last: text }
    : null;
}

/** Reads a duration of FEEL: P14D, P2W is none, P3M, P1Y6M; null where it is none, or has days and months. */
export function toSpan(text: string): Span | null {
  const match = /^(-?)P(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,6})D)?$/.exec(text);
  if (!match || text.endsWith('P')) return null;
  const [, sign, years, months, days] = match;
  const factor = sign ? -1 : 1;
  if (days !== undefined)
    return years === undefined && months === undefined ? { sort: 'days', of: factor * Number(days) } : null;
  return { sort: 'months', of: factor * (Number(years ?? 0) * 12 + Number(months ?? 0)) };
}

/** Whether the day is known to the day. */
export const isExact = (day: Day): boolean => day.first === day.last;

/** Days from the second to the first; null where either isn't known to the day. */
export function daysFrom(later: Day, earlier: Day): number | null {
  if (!isExact(later) || !isExact(earlier)) return null;
  return Math.round((Date.parse(later.first) - Date.parse(earlier.first)) / 86_400_000);
}

/** Whole months from the first to the second, towards zero, as FEEL's `years and months duration`. */
export function monthsBetween(from: Day, to: Day): number | null {
  if (!isExact(from) || !isExact(to)) return null;
  if (to.first < from.first) {
    const back = monthsBetween(to, from);
    return back === null ? null : -back;
  }
  const [fromYear, fromMonth, fromDay] = parts(from.first);
  const [toYear, toMonth, toDay] = parts(to.first);
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0);
}

/** The day, moved; a month later than 31 January is the last day of February. Null outside the years 1 to 9999. */
export function move(day: Day, span: Span, sign: 1 | -1): Day | null {
  const first = shift(day.first, span, sign);
  const last = shift(day.last, span, sign);
  return first && last ? { sort: 'day', first, last } : null;
}

function shift(text: string, span: Span, sign: 1 | -1): string | null {
  const [year, month, day] = parts(text);
  const by = sign * span.of;
  const start = new Date(`${text}T00:00:00Z`);
  if (span.sort === 'days') start.setUTCDate(day + by);
  else {
    const end = new Date(Date.UTC(2000, month + by, 0));
    end.setUTCFullYear(
      year + Math.floor((month - 1 + by) / 12),
      ((((month - 1 + by) % 12) + 12) % 12) + 1,
      0,
    );
    start.setUTCFullYear(end.getUTCFullYear(), end.getUTCMonth(), Math.min(day, end.getUTCDate()));
  }
  const moved = start.getUTCFullYear();
  return moved >= 1 && moved <= 9999 ? write(start) : null;
}

/** Year, month and day of a day that is known to that part; null where it isn't. */
export function partOf(day: Day, part: 'year' | 'month' | 'day'): number | null {
  const length = { year: 4, month: 7, day: 10 }[part];
  if (day.first.slice(0, length) !== day.last.slice(0, length)) return null;
  return parts(day.first)[{ year: 0, month: 1, day: 2 }[part]]!;
}

const parts = (text: string): [number, number, number] =>
  text.split('-').map(Number) as [number, number, number];
const write = (date: Date): string => date.toISOString().slice(0, 10);
