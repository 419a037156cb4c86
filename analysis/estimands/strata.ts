import type { PairStratum } from '../proportions/score-difference.ts';
import type { Context, Observed } from './context.ts';

/** The pair of arms in each combination of the stratification factors; people without one are left out, and said. */
export function stratify(
  context: Context,
  observed: readonly Observed[],
  factors: readonly string[],
  arm: string,
  versus: string,
): PairStratum[] {
  const strata = new Map<string, PairStratum>();
  let without = 0;
  for (const { person, value } of observed) {
    if (person.arm !== arm && person.arm !== versus) continue;
    const levels = factors.map((factor) => person.covariates[factor] ?? null);
    if (levels.includes(null)) {
      without++;
      continue;
    }
    const key = JSON.stringify(levels);
    const stratum = strata.get(key) ?? {
      first: { successes: 0, total: 0 },
      second: { successes: 0, total: 0 },
    };
    const side = person.arm === arm ? stratum.first : stratum.second;
    side.total++;
    side.successes += value;
    strata.set(key, stratum);
  }
  if (without > 0)
    context.notes.add(
      `${without} without a value of ${factors.join(', ')} left out of stratified comparisons.`,
    );
  const pairs = [...strata.values()];
  const alone = pairs.filter(({ first, second }) => first.total === 0 || second.total === 0).length;
  if (alone > 0) context.notes.add(`Strata with one arm only tell nothing and are left out (${alone}).`);
  return pairs;
}
