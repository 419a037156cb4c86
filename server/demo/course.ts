import type { Calibration } from './calibration.ts';
import type { Chance } from './chance.ts';
import type { Recruit } from './timeline.ts';
import { wholeNumbers } from './totals.ts';

/** How one participant fares: totals where observed, null where not. */
export interface Course {
  baseline: number;
  m3: number | null;
  m12: number | null;
  started: boolean;
}

const LEAST_BASELINE = 11;
const MOST = 38;

/** HAM-D17 courses of everyone, arm by arm, with the calibration's counts, responders, means and spreads. */
export function courses(
  calibration: Calibration,
  people: readonly Recruit[],
  arms: readonly string[],
  chance: Chance,
): Course[] {
  const result: Course[] = people.map(() => ({ baseline: 0, m3: null, m12: null, started: true }));
  for (const [arm, target] of Object.entries(calibration.arms)) {
    const members = people.map((_, index) => index).filter((index) => arms[index] === arm);
    const baselines = wholeNumbers(
      target.baseline,
      members.map(() => ({ low: LEAST_BASELINE, high: 32 })),
      chance,
    );
    members.forEach((index, i) => {
      result[index]!.baseline = baselines[i]!;
    });
    const later = observedLater(members, people, target.m12.observed, chance);
    const sooner = observedSooner(members, later, target.m3.observed, chance);
    const respondedSooner = fill(result, sooner, 'm3', target.m3, new Set(), chance);
    fill(result, later, 'm12', target.m12, respondedSooner, chance);
    const never = chance.shuffled(
      members.filter((index) => result[index]!.m3 === null && result[index]!.m12 === null),
    );
    for (const index of never.slice(0, members.length - target.started)) result[index]!.started = false;
  }
  return result;
}

/** Everyone whose visit is still open today is unobserved; the rest of the losses are drawn among the earlier ones. */
function observedLater(
  members: number[],
  people: readonly Recruit[],
  count: number,
  chance: Chance,
): number[] {
  const pending = new Set(members.filter((index) => people[index]!.pending));
  const lastPending = people.length - people.filter((person) => person.pending).length;
  const candidates = members.filter((index) => !pending.has(index));
  const recent = candidates.filter((index) => index >= lastPending - 14);
  const earlier = chance.shuffled(candidates.filter((index) => index < lastPending - 14));
  return [...recent, ...earlier.slice(0, Math.max(0, count - recent.length))]
    .slice(0, count)
    .sort((a, b) => a - b);
}

/** At 3 months: most of those seen at 12 months, and those who left or are awaited since. */
function observedSooner(members: number[], later: number[], count: number, chance: Chance): number[] {
  const seenLater = new Set(later);
  const missedOnce = new Set(chance.shuffled(later).slice(0, Math.round(members.length * 0.05)));
  const first = members.filter((index) => seenLater.has(index) && !missedOnce.has(index));
  const rest = chance.shuffled(members.filter((index) => !seenLater.has(index)));
  return [...first, ...rest, ...missedOnce].slice(0, count).sort((a, b) => a - b);
}

/** Draws who responds (earlier responders first), then totals on the right side of half the baseline. */
function fill(
  result: Course[],
  observed: number[],
  visit: 'm3' | 'm12',
  target: { responders: number; mean: number; sd: number },
  preferred: ReadonlySet<number>,
  chance: Chance,
): Set<number> {
  const order = chance.shuffled(observed).sort((a, b) => Number(preferred.has(b)) - Number(preferred.has(a)));
  const responders = new Set(order.slice(0, target.responders));
  const ranges = observed.map((index) => {
    const half = Math.floor(result[index]!.baseline / 2);
    return responders.has(index)
      ? { low: 0, high: half }
      : { low: half + 1, high: Math.min(MOST, result[index]!.baseline + 6) };
  });
  const totals = wholeNumbers(target, ranges, chance);
  observed.forEach((index, i) => {
    result[index]![visit] = totals[i]!;
  });
  return responders;
}
