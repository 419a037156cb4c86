import { dayNumber, dayText } from '../day.ts';

export interface TimeTicks {
  /** YYYY-MM-DD, ascending. */
  days: string[];
  /** As d3-time-format writes them. */
  format: string;
}

const MONTHS = [1, 2, 3, 6, 12, 24, 60];
const WEEKS = [7, 14];
const MONTH_LABEL = 76;
const DAY_LABEL = 60;

/**
 * Marks of a calendar axis: the first of every month, second month, quarter … that leave room for their labels, or
 * weeks where the whole axis is short.
 *
 * @param width pixels between the two days
 */
export function calendarTicks(from: string, to: string, width: number): TimeTicks {
  const first = dayNumber(from);
  const last = dayNumber(to);
  const pixels = width / Math.max(1, last - first);
  if (last - first < 75) {
    const step = WEEKS.find((days) => days * pixels >= DAY_LABEL) ?? 28;
    const days: string[] = [];
    for (let day = first; day <= last; day += step) days.push(dayText(day));
    return { days, format: '%-d %b' };
  }
  const step = MONTHS.find((months) => months * 30.4 * pixels >= MONTH_LABEL) ?? 120;
  const days: string[] = [];
  const [year, month] = from.split('-').map(Number) as [number, number];
  for (let index = Math.ceil((year * 12 + month - 1) / step) * step; ; index += step) {
    const day = `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`;
    if (dayNumber(day) > last) return { days, format: '%b %Y' };
    if (dayNumber(day) >= first) days.push(day);
  }
}
