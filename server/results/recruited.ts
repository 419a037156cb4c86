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
 * because so few are randomised there counts with the others.
 *
 * @returns from the day of somebody’s randomisation to the last day of the step that it is in; null where fewer than
 * `smallest` are randomised altogether
 */
export function inSteps(people: readonly Recruited[], smallest: number): ((day: string) => string) | null {
  const total = people.reduce((sum, { count = 1 }) => sum + count, 0);
  if (isSmall(total, smallest)) return null;
  const totals = countsOf(people, ({ site }) => site);
  const alone = [...totals.values()].every((count) => !isSmall(count, smallest));
  const groupOf = ({ site }: Recruited): string => (alone ? site : '');
  const days = groupBy(people, ({ randomisedOn }) => randomisedOn);
  const steps: { last: string; counts: Map<string, number> }[] = [];
  const isSafe = ({ counts }: (typeof steps)[number]): boolean =>
    [...counts.values()].every((count) => !isSmall(count, smallest));
  for (const day of [...days.keys()].sort()) {
    const open = steps.at(-1);
    const counts = countsOf(days.get(day)!, groupOf);
    if (open && !isSafe(open)) steps.splice(-1, 1, { last: day, counts: sum(open.counts, counts) });
    else steps.push({ last: day, counts });
  }
  for (let last = steps.at(-1); last && !isSafe(last) && steps.length > 1; last = steps.at(-1)) {
    const before = steps.at(-2)!;
    steps.splice(-2, 2, { last: last.last, counts: sum(before.counts, last.counts) });
  }
  const ends = new Map([...days.keys()].map((day) => [day, steps.find(({ last }) => last >= day)!.last]));
  return (day) => ends.get(day) ?? day;
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
