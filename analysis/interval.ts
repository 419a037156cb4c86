/** An estimate with its confidence limits, all on the same scale. */
export interface Interval {
  estimate: number;
  lower: number;
  upper: number;
}

/**
 * The standard normal quantile's probability for a two-sided interval: 0.975 for a level of 0.95.
 *
 * @param level confidence level, 0 < level < 1
 * @throws RangeError for a level outside that range
 */
export function upperProbability(level: number): number {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`A confidence level lies between 0 and 1; got ${level}.`);
  }
  return 0.5 + level / 2;
}

/** @throws RangeError unless `successes` of `total` are whole numbers with 0 ≤ successes ≤ total */
export function checkCounts(successes: number, total: number): void {
  if (!Number.isInteger(successes) || !Number.isInteger(total) || successes < 0 || successes > total) {
    throw new RangeError(`Counts are whole numbers, 0 ≤ successes ≤ total; got ${successes} of ${total}.`);
  }
}
