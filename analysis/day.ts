/**
 * Calendar days as whole numbers, so that dates add and subtract exactly: no time zone, no clock.
 *
 * @param day YYYY-MM-DD
 * @returns days since 1 January 1970
 * @throws RangeError for a text that isn't such a day
 */
export function dayNumber(day: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || dayText(time / 86_400_000) !== day)
    throw new RangeError(`A day is written YYYY-MM-DD; got “${day}”.`);
  return time / 86_400_000;
}

/** The day as YYYY-MM-DD; the inverse of `dayNumber`. */
export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** As the interface writes a day: “24 Nov 2026”. */
export function dayLabel(day: string): string {
  const [year, month, date] = day.split('-');
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
}
