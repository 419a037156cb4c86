import { normalUpper } from '../distributions/normal.ts';
import type { Interval } from '../interval.ts';
import { agrestiCoullInterval } from '../proportions/approximate-interval.ts';
import { agrestiCaffoInterval, waldDifference } from '../proportions/difference-interval.ts';
import { clopperPearsonInterval, jeffreysInterval } from '../proportions/exact-interval.ts';
import { conditionalOdds } from '../proportions/fisher-exact.ts';
import { mantelHaenszelDifference, mantelHaenszelOdds } from '../proportions/mantel-haenszel.ts';
import { newcombeInterval, type Proportion } from '../proportions/newcombe.ts';
import { numberNeeded } from '../proportions/number-needed.ts';
import { katzRatio, scoreOdds, scoreRatio, woolfOdds } from '../proportions/ratio-interval.ts';
import { differenceMarginTest, type PairStratum, scoreDifference } from '../proportions/score-difference.ts';
import { wilsonInterval } from '../proportions/wilson.ts';
import type { Unavailable } from '../unavailable.ts';
import { armsOf, type Context, inArm, type Numbers, nobodyIn, observedAt, rowOf } from './context.ts';
import type { Estimator, ProportionInterval } from './plan.ts';
import type { EstimateRow } from './results.ts';
import { stratify } from './strata.ts';

type Comparison = Extract<
  Estimator,
  { method: 'risk-difference' | 'risk-ratio' | 'odds-ratio' | 'number-needed' }
>;

const intervalOf: Record<
  ProportionInterval,
  (successes: number, total: number, level: number) => Interval | null
> = {
  wilson: wilsonInterval,
  'clopper-pearson': clopperPearsonInterval,
  'agresti-coull': agrestiCoullInterval,
  jeffreys: jeffreysInterval,
};

export function count(values: readonly number[]): Proportion {
  return { successes: values.filter((v) => v === 1).length, total: values.length };
}

/** Each arm's proportion with its interval, then each comparison, visit by visit. */
export function compareProportions(context: Context, estimator: Comparison): EstimateRow[] {
  const { estimand } = context.analysis;
  return estimand.visits.flatMap((visit) => {
    const observed = observedAt(context, visit);
    const arms = armsOf(context).map((arm) => {
      const { successes, total } = count(inArm(observed, arm.id));
      const interval = intervalOf[estimator.proportion](successes, total, context.plan.level);
      return rowOf(context, visit, 'proportion', {
        arm: arm.id,
        n: total,
        numerator: successes,
        denominator: total,
        ...interval,
        method: estimator.proportion,
        reason: total === 0 ? nobodyIn(context, arm.id, visit) : null,
      });
    });
    const contrasts = estimand.treatments.map(([arm, versus]) => {
      const first = count(inArm(observed, arm));
      const second = count(inArm(observed, versus));
      const base: Numbers = {
        arm,
        versus,
        n: first.total,
        nVersus: second.total,
        method: methodOf(estimator),
      };
      const empty = first.total === 0 ? arm : second.total === 0 ? versus : null;
      if (empty !== null)
        return rowOf(context, visit, estimator.method, { ...base, reason: nobodyIn(context, empty, visit) });
      const strata = 'strata' in estimator ? stratify(context, observed, estimator.strata, arm, versus) : [];
      return rowOf(context, visit, estimator.method, {
        ...base,
        ...compare(estimator, { first, second }, strata, context.plan.level),
      });
    });
    return [...arms, ...contrasts];
  });
}

const methodOf = (estimator: Comparison): string => {
  if (estimator.method === 'number-needed') return 'inverted newcombe';
  return 'strata' in estimator && estimator.strata.length > 0
    ? `${estimator.interval}, stratified`
    : estimator.interval;
};

function compare(estimator: Comparison, pair: PairStratum, strata: PairStratum[], level: number): Numbers {
  if (estimator.method === 'risk-difference') return difference(estimator, pair, strata, level);
  if (estimator.method === 'number-needed') return needed(pair, level);
  const { first, second } = pair;
  const { interval } = estimator;
  if (estimator.method === 'risk-ratio') {
    if (interval === 'katz') return limits(katzRatio(first, second, level));
    const kind = interval === 'koopman' ? 'plain' : 'miettinen-nurminen';
    return limits(scoreRatio(first, second, level, kind));
  }
  if (interval === 'mantel-haenszel') return limits(mantelHaenszelOdds(strata, level));
  if (interval === 'woolf') return limits(woolfOdds(first, second, level));
  if (interval === 'exact') return limits(conditionalOdds(first, second, level));
  return limits(scoreOdds(first, second, level));
}

function difference(
  { interval, strata: by }: Extract<Estimator, { method: 'risk-difference' }>,
  pair: PairStratum,
  strata: PairStratum[],
  level: number,
): Numbers {
  const { first, second } = pair;
  if (interval === 'newcombe') return { ...newcombeInterval(first, second, level) };
  if (interval === 'agresti-caffo') return { ...agrestiCaffoInterval(first, second, level) };
  if (interval === 'wald') {
    const result = waldDifference(first, second, level);
    if (result === null || result.lower < result.upper) return { ...result };
    return {
      estimate: result.estimate,
      reason: 'Nobody differs within an arm: Wald’s interval has no width. Use a score interval.',
    };
  }
  if (interval === 'mantel-haenszel') {
    const result = mantelHaenszelDifference(strata, level);
    return 'reason' in result
      ? result
      : { estimate: result.estimate, se: result.se, lower: result.lower, upper: result.upper };
  }
  if (by.length > 0) {
    const result = scoreDifference(strata, level);
    return result === null ? { reason: 'No stratum has people observed in both arms.' } : { ...result };
  }
  const test = differenceMarginTest(pair, 0, 'miettinen-nurminen');
  return {
    ...scoreDifference(pair, level),
    ...(test && { statistic: test.z, p: 2 * normalUpper(Math.abs(test.z)) }),
  };
}

/**
 * The number needed is 1/difference; its interval has a hole when that of the difference holds 0. It is then written
 * without limits, and the reason gives its two ends.
 */
function needed({ first, second }: PairStratum, level: number): Numbers {
  const result = numberNeeded(newcombeInterval(first, second, level));
  if ('reason' in result) return result;
  if (result.shape === 'disjoint') {
    const one = (v: number) => (Number.isFinite(v) ? v.toFixed(1) : 'infinity');
    const sign = result.direction === 'harm' ? -1 : 1;
    return {
      estimate: sign * result.estimate,
      reason: `The interval of the difference holds 0: the number needed runs from ${one(result.benefitFrom)} (benefit) through infinity to ${one(result.harmFrom)} (harm).`,
    };
  }
  const { estimate, lower, upper } = result;
  return result.shape === 'harm'
    ? { estimate: -estimate, lower: -upper, upper: -lower }
    : { estimate, lower, upper };
}

const limits = (result: Interval | Unavailable): Numbers =>
  'reason' in result ? { reason: result.reason } : { ...result };
