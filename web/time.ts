import { language, locale } from './language/language.ts';
import { decimal } from './language/number.ts';
import { t } from './language/t.ts';

/** Days are strings, YYYY-MM-DD, as on the wire: a day of a trial has no time zone. */
export type Day = string;

const named = (options: Intl.DateTimeFormatOptions, date: Date): string =>
  date.toLocaleDateString(locale, { ...options, timeZone: 'UTC' });
const finnish = language === 'fi';

const midnight = (day: Day): Date => new Date(`${day.slice(0, 10)}T00:00:00Z`);
const toDay = (date: Date): Day => date.toISOString().slice(0, 10);
const two = (n: number): string => String(n).padStart(2, '0');

/** Days from 1970-01-01, so that days can be placed on an axis. */
export const dayNumber = (day: Day): number => Math.round(midnight(day).getTime() / 86_400_000);
export const dayFrom = (number: number): Day => toDay(new Date(number * 86_400_000));
export const addDays = (day: Day, days: number): Day => dayFrom(dayNumber(day) + days);
/** Days from the first to the second; negative when the second is earlier. */
export const daysBetween = (first: Day, second: Day): number => dayNumber(second) - dayNumber(first);

/** The Monday of the week that the day is in. */
export const mondayOf = (day: Day): Day => addDays(day, -((midnight(day).getUTCDay() + 6) % 7));

/** The first day of the month, `months` later. */
export function monthStart(day: Day, months = 0): Day {
  const date = midnight(day);
  return toDay(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)));
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "24 Nov"; in Finnish "24.11." */
export const shortDay = (day: Day): string => {
  const date = midnight(day);
  return finnish
    ? `${date.getUTCDate()}.${date.getUTCMonth() + 1}.`
    : `${date.getUTCDate()} ${monthNames[date.getUTCMonth()]}`;
};
/** "24 Nov 2026"; in Finnish "24.11.2026" */
export const fullDay = (day: Day): string => `${shortDay(day)}${finnish ? '' : ' '}${day.slice(0, 4)}`;
/** "24 November"; in Finnish "24. marraskuuta" */
export const dayAndMonth = (day: Day): string => named({ day: 'numeric', month: 'long' }, midnight(day));
/** "Tuesday 24 November"; in Finnish "Tiistai 24. marraskuuta" */
export const longDay = (day: Day): string => {
  const name = named({ weekday: 'long' }, midnight(day));
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${dayAndMonth(day)}`;
};
/** "24 November 2026"; in Finnish "24. marraskuuta 2026" */
export const writtenDay = (day: Day): string =>
  named({ day: 'numeric', month: 'long', year: 'numeric' }, midnight(day));
/** "Nov" or, with the year, "Nov 2026"; in Finnish "marras", "11/2026" */
export const monthName = (day: Day, year = false): string => {
  if (!finnish) return `${monthNames[midnight(day).getUTCMonth()]}${year ? ` ${day.slice(0, 4)}` : ''}`;
  const name = named({ month: 'long' }, midnight(day)).replace(/kuu(ta)?$/, '');
  return year ? `${midnight(day).getUTCMonth() + 1}/${day.slice(0, 4)}` : name;
};
/** "Tue"; in Finnish "ti" */
export const weekday = (day: Day): string => named({ weekday: 'short' }, midnight(day));

/** "12 Nov – 10 Dec", with the year where it isn't `year` or the two differ. */
export function dayRange(from: Day, to: Day, year = ''): string {
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  const first = sameYear ? shortDay(from) : fullDay(from);
  return `${first} – ${sameYear && to.slice(0, 4) === year ? shortDay(to) : fullDay(to)}`;
}

/** 14:02 as the language writes it: in Finnish 14.02. */
const hours = (time: string): string => (finnish ? time.replace(':', '.') : time);

/** A local appointment, YYYY-MM-DDTHH:MM, as "Tue 1 Dec 10:00". */
export function appointment(local: string): string {
  const day = local.slice(0, 10);
  return `${weekday(day)} ${shortDay(day)} ${hours(local.slice(11, 16))}`;
}
/** The same in a narrow column: "Wed 09:30" within six days of `today`, otherwise "1 Dec 10:00". */
export function briefAppointment(local: string, today: Day): string {
  const day = local.slice(0, 10);
  const near = Math.abs(daysBetween(today, day)) <= 6;
  return `${near ? weekday(day) : shortDay(day)} ${hours(local.slice(11, 16))}`;
}

/** The day of an instant where the reader is. */
export function localDay(instant: string): Day {
  const at = new Date(instant);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
/** "14:02", where the reader is. */
export function clock(instant: string | Date): string {
  const at = new Date(instant);
  return hours(`${two(at.getHours())}:${two(at.getMinutes())}`);
}
/** "14:02:10", where the reader is. */
export function clockSeconds(instant: string): string {
  const at = new Date(instant);
  return hours(`${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`);
}
/** "18 Nov 09:12", where the reader is. */
export const stamp = (instant: string): string => `${shortDay(localDay(instant))} ${clock(instant)}`;
/** "18 Nov 2026 09:12", where the reader is. */
export const fullStamp = (instant: string): string => `${fullDay(localDay(instant))} ${clock(instant)}`;
/** "today 13:48", "yesterday 09:10" or "18 Nov 09:12". */
export function recent(instant: string, today: Day): string {
  const days = daysBetween(localDay(instant), today);
  if (days === 0) return t('today {time}', { time: clock(instant) });
  return days === 1 ? t('yesterday {time}', { time: clock(instant) }) : stamp(instant);
}

/** "1 day", "6 days"; "today" for none. */
export const ageInDays = (days: number): string =>
  days <= 0 ? t('today') : t('{days, plural, one {# day} other {# days}}', { days });

/** A signed number with a true minus sign: −2.5, +1.5, 0. */
export const signed = (n: number, digits = 0): string =>
  `${n < 0 ? '−' : n > 0 ? '+' : ''}${decimal(Math.abs(n), digits)}`;
