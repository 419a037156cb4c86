import { bootstrapIntervals, bootstrapReplicates, jackknifeReplicates } from '../resampling/bootstrap.ts';
import type { Context, Numbers } from './context.ts';
import type { Estimator } from './plan.ts';

/**
 * Difference of two means with a bootstrap interval: participants are drawn with replacement within their arm
 * (Davison AC, Hinkley DV. Bootstrap Methods 1997, section 3.2).
 */
export function bootstrapDifference(
  first: readonly number[],
  second: readonly number[],
  { replicates, interval }: Extract<Estimator, { method: 'bootstrap' }>,
  { uniform, plan }: Context,
): Numbers {
  const values = [...first, ...second];
  const isFirst = values.map((_, i) => i < first.length);
  const strata = isFirst.map((own) => (own ? 'first' : 'second'));
  const difference = (rows: ArrayLike<number>): number | null => {
    let [a, b, m, n] = [0, 0, 0, 0];
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      if (isFirst[row]) {
        a += values[row]!;
        m++;
      } else {
        b += values[row]!;
        n++;
      }
    }
    return m > 0 && n > 0 ? a / m - b / n : null;
  };
  const estimate = difference(values.map((_, i) => i))!;
  if (first.length < 2 || second.length < 2)
    return { estimate, reason: 'A bootstrap needs two values in each arm.' };
  const drawn = bootstrapReplicates(values.length, difference, { replicates, uniform, strata });
  const jackknife = interval === 'bca' ? jackknifeReplicates(values.length, difference) : undefined;
  const result = bootstrapIntervals(estimate, drawn, { level: plan.level, ...(jackknife && { jackknife }) });
  const method = `bootstrap, ${interval}, ${replicates} replicates`;
  if ('reason' in result) return { estimate, method, reason: result.reason };
  const limits = result[interval];
  if (limits === null || 'reason' in limits)
    return { estimate, se: result.se, method, reason: limits?.reason ?? 'There is no such interval.' };
  return { estimate, se: result.se, lower: limits.lower, upper: limits.upper, method };
}
