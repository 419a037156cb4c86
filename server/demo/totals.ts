import { mean, sampleStandardDeviation } from 'simple-statistics';
import { normalQuantile } from '../../analysis/distributions/normal.ts';
import type { Chance } from './chance.ts';

export interface Range {
  low: number;
  high: number;
}

/**
 * Whole numbers, one for each range, whose mean and standard deviation come as near to the target as whole numbers
 * within those ranges can. They begin as normal quantiles in random order and are then moved by one wherever that
 * brings both moments closer.
 */
export function wholeNumbers(
  target: { mean: number; sd: number },
  ranges: readonly Range[],
  chance: Chance,
): number[] {
  const n = ranges.length;
  const order = chance.shuffled(ranges.map((_, index) => index));
  const values = ranges.map(({ low, high }, index) =>
    clamp(Math.round(target.mean + target.sd * normalQuantile((order[index]! + 0.5) / n)), low, high),
  );
  const distance = (): number =>
    (mean(values) - target.mean) ** 2 + (sampleStandardDeviation(values) - target.sd) ** 2;
  let best = distance();
  for (let round = 0; round < 60; round += 1) {
    let moved = false;
    for (const index of chance.shuffled(order)) {
      for (const step of [-1, 1]) {
        const before = values[index]!;
        const after = before + step;
        if (after < ranges[index]!.low || after > ranges[index]!.high) continue;
        values[index] = after;
        const now = distance();
        if (now < best - 1e-12) {
          best = now;
          moved = true;
          break;
        }
        values[index] = before;
      }
    }
    if (!moved) break;
  }
  return values;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
