import type { VisitDefinition } from '../studies/document.ts';

const PREFIX = 'unscheduled-';

/** The visit id of a participant's unscheduled visit: `unscheduled-1` for the first. No planned visit may be called so. */
export const unscheduledId = (number: number): string => `${PREFIX}${number}`;

/** The number of an unscheduled visit; null for a planned one. */
export function unscheduledNumber(visit: string): number | null {
  const match = /^unscheduled-([1-9]\d{0,5})$/.exec(visit);
  return match ? Number(match[1]) : null;
}

/** Whether the visit wasn't planned by the protocol; it has no window and counts in no planned-visit analysis. */
export const isUnscheduled = (visit: string): boolean => visit.startsWith(PREFIX);

/** An unscheduled visit as forms see it. */
export function unscheduledDefinition(number: number, instruments: readonly string[]): VisitDefinition {
  return {
    id: unscheduledId(number),
    label: `Unscheduled visit ${number}`,
    baseline: false,
    target: { days: 0 },
    window: { before: 0, after: 0 },
    missedAfter: 56,
    instruments: [...instruments],
  };
}
