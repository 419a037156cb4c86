import { t } from '../language/t.ts';
import { daysBetween, fullDay, shortDay } from '../time.ts';

export interface VisitWindow {
  opens: string | null;
  closes: string | null;
}

/** Which side of the window a day is on; null inside it, and where there is no window yet. */
export function outside(window: VisitWindow, day: string | null): 'before' | 'after' | null {
  if (day === null) return null;
  if (window.opens !== null && day < window.opens) return 'before';
  return window.closes !== null && day > window.closes ? 'after' : null;
}

/** "1 day after the window closed on 23 Nov." */
export function outsideInWords(window: VisitWindow, day: string): string | null {
  const side = outside(window, day);
  if (side === null) return null;
  const edge = side === 'before' ? window.opens! : window.closes!;
  const far = t('{days, plural, one {# day} other {# days}}', { days: Math.abs(daysBetween(edge, day)) });
  const on = edge.slice(0, 4) === day.slice(0, 4) ? shortDay(edge) : fullDay(edge);
  return side === 'before'
    ? t('{far} before the window opens on {on}.', { far, on })
    : t('{far} after the window closed on {on}.', { far, on });
}

export const other = 'Other';

/** Reasons that are given again and again; a detail can be added to each. They are kept in English, shown in either. */
export const lateReasons = [
  'Participant asked to move',
  'Participant not reached in time',
  'Participant ill',
  'Assessor away',
  'Entered from paper, seen on this day',
  other,
] as const;
