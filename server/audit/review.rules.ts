import { addDays, daysBetween } from '../visits/days.rules.ts';

interface Plan {
  firstDue: string;
  everyDays: number;
  ended: boolean;
}

/**
 * When the next review under a plan is due: at first the planned day, then `everyDays` after the last day that a review
 * went up to. An ended plan has no due day.
 * @param reviewed last days (YYYY-MM-DD) of the periods reviewed under the plan
 */
export function dueOf(
  { firstDue, everyDays, ended }: Plan,
  reviewed: readonly string[],
  today: string,
): { lastReviewed: string | null; due: string | null; overdueDays: number } {
  const lastReviewed = reviewed.reduce<string | null>(
    (last, day) => (last === null || day > last ? day : last),
    null,
  );
  const due = ended ? null : lastReviewed === null ? firstDue : addDays(lastReviewed, everyDays);
  return { lastReviewed, due, overdueDays: due === null ? 0 : Math.max(0, daysBetween(due, today)) };
}
