/** What of a participant's part in the study can stop, each by itself. */
export const followUpParts = ['treatment', 'assessments', 'contact', 'records', 'data'] as const;
export type FollowUpPart = (typeof followUpParts)[number];

/** One change of what is stopped, as it is on record. */
export interface FollowUpChange {
  number: number;
  on: string;
  /** All that is stopped from that day on. */
  stops: readonly FollowUpPart[];
}

/** What is stopped now, and since when: from the first change of the run that lasts until now. @param changes in their order */
export function stoppedParts(changes: readonly FollowUpChange[]): { part: FollowUpPart; since: string }[] {
  const last = changes.at(-1);
  if (!last) return [];
  return followUpParts
    .filter((part) => last.stops.includes(part))
    .map((part) => {
      let since = last.on;
      for (const change of [...changes].reverse()) {
        if (!change.stops.includes(part)) break;
        since = change.on;
      }
      return { part, since };
    });
}

/** What newly stops and what goes on again, against what was stopped before. */
export function changeBetween(before: readonly FollowUpPart[], after: readonly FollowUpPart[]) {
  return {
    stops: followUpParts.filter((part) => after.includes(part) && !before.includes(part)),
    resumes: followUpParts.filter((part) => before.includes(part) && !after.includes(part)),
  };
}

/**
 * What follows from stopping something: nobody is assessed without contact; and whoever withdraws consent for the use
 * of data is neither assessed nor contacted, and their records aren't used. Treatment is a question of its own.
 */
export function withWhatFollows(stops: readonly FollowUpPart[]): FollowUpPart[] {
  const all = new Set(stops);
  if (all.has('data')) for (const part of ['assessments', 'contact', 'records'] as const) all.add(part);
  if (all.has('contact')) all.add('assessments');
  return followUpParts.filter((part) => all.has(part));
}

/** What is wrong with a list of what stops; null for nothing. */
export function problemOfStops(stops: readonly FollowUpPart[]): string | null {
  if (new Set(stops).size < stops.length) return 'A part of the follow-up stands there twice.';
  if (withWhatFollows(stops).length === stops.length) return null;
  return stops.includes('data')
    ? 'Without consent for the use of data, assessments, contact and the use of records stop too.'
    : 'Without contact there are no assessments: they stop too.';
}

/** Somebody whose assessments are stopped has left the follow-up; who stopped treatment only has not. */
export const leavesFollowUp = (stops: readonly FollowUpPart[]): boolean => stops.includes('assessments');
