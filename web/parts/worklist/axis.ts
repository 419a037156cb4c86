import { addDays, type Day, dayNumber, mondayOf } from '../../time.ts';

/** Eight weeks as 194 px: four weeks back from this Monday, four on. */
export const axisWidth = 194;
const days = 56;

export interface Axis {
  start: Day;
  /** Left edge of a day in px; half a day is its middle, one its end. */
  at(day: Day, part?: 0 | 0.5 | 1): number;
  /** The Mondays, two weeks apart, that carry a line. */
  lines: { day: Day; x: number }[];
}

export function axisOf(today: Day): Axis {
  const start = addDays(mondayOf(today), -28);
  const at = (day: Day, part = 0) => ((dayNumber(day) - dayNumber(start) + part) * axisWidth) / days;
  const lines = [0, 14, 28, 42].map((after) => ({
    day: addDays(start, after),
    x: Math.max(0.5, at(addDays(start, after))),
  }));
  return { start, at, lines };
}

export const within = (x: number): boolean => x >= 0 && x <= axisWidth;
export const clamped = (x: number): number => Math.min(Math.max(x, 0), axisWidth);
