import { groupBy } from '../grouped.ts';
import { isSmall } from './disclosure.ts';

interface Recruited {
  /** YYYY-MM-DD. */
  randomisedOn: string;
  site: string;
  /** How many; one where absent. */
  count?: number;
}

/**
 * A recruitment curve tells on which day how many were randomised. Here days are put together to steps, each ending on
 * the day of its last person, in which at every site either nobody or no fewer than `smallest` were randomised; so the
 * rise of no curve, nor of the difference of two sites’ curves, is a small count. A site that may not be asked for
 * because so few are randomised there counts with the others. Steps by site are steps of all sites put together further,
 * so that a curve by these and one of all sites alone can be subtracted too.
 *
 * @returns from the day of somebody’s randomisation to the last day of the step that it is in; null where fewer than
 * `smallest` are randomised altogether
 */
export function inSteps(people: readonly Recruited[], smallest: number): ((day: string) => string) | null {
  const total = people.reduce((sum, { count = 1 }) => sum + count, 0);
  if (isSmall(total, smallest)) return null;
  const totals = countsOf(people, ({ site }) => site);
  const alone = [...totals.values()].every((count) => !isSmall(count, smallest));
  const days = [...groupBy(people, ({ randomisedOn }) => randomisedOn)].sort(([a], [b]) => (a < b ? -1 : 1));
  const stepsOf = (parts: typeof days, of: (one: Recruited) => string) =>
    together(
      parts.map(([last, own]) => ({ last, counts: countsOf(own, of) })),
      smallest,
    );
  const endOfAll = endsOf(
    days,
    stepsOf(days, () => ''),
  );
  const parts = [...groupBy(people, ({ randomisedOn }) => endOfAll.get(randomisedOn)!)];
  const bySite = stepsOf(
    parts.sort(([a], [b]) => (a < b ? -1 : 1)),
    ({ site }) => (alone ? site : ''),
  );
  const ends = endsOf(days, bySite);
  return (day) => ends.get(day) ?? day;
}

/** Day → the last day of the step that it is in; both in order. */
function endsOf(days: readonly (readonly [day: string, ...unknown[]])[], steps: readonly Step[]) {
  const ends = new Map<string, string>();
  let at = 0;
  for (const [day] of days) {
    while (steps[at]!.last < day) at += 1;
    ends.set(day, steps[at]!.last);
  }
  return ends;
}

interface Step {
  /** Its last day. */
  last: string;
  /** By site, or of all sites together. */
  counts: Map<string, number>;
}

/** Neighbours put together until none holds a small count; what is left over at the end goes to the step before it. */
function together(parts: readonly Step[], smallest: number): Step[] {
  const isSafe = ({ counts }: Step): boolean =>
    [...counts.values()].every((count) => !isSmall(count, smallest));
  const steps: Step[] = [];
  for (const part of parts) {
    const open = steps.at(-1);
    if (open && !isSafe(open))
      steps.splice(-1, 1, { last: part.last, counts: sum(open.counts, part.counts) });
    else steps.push(part);
  }
  for (let last = steps.at(-1); last && !isSafe(last) && steps.length > 1; last = steps.at(-1)) {
    const before = steps.at(-2)!;
    steps.splice(-2, 2, { last: last.last, counts: sum(before.counts, last.counts) });
  }
  return steps;
}

function countsOf(all: readonly Recruited[], keyOf: (one: Recruited) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + (one.count ?? 1));
  return counts;
}

function sum(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): Map<string, number> {
  const counts = new Map(a);
  for (const [key, count] of b) counts.set(key, (counts.get(key) ?? 0) + count);
  return counts;
}
