import { hedgesG } from '../continuous/effect-size.ts';
import { mannWhitney } from '../continuous/mann-whitney.ts';
import { meanInterval } from '../continuous/mean-interval.ts';
import { describeSample } from '../continuous/sample.ts';
import { kruskalWallis } from '../continuous/several-groups.ts';
import { welchTest } from '../continuous/t-test.ts';
import { bootstrapDifference } from './bootstrap.ts';
import { armsOf, type Context, inArm, type Numbers, nobodyIn, observedAt, rowOf } from './context.ts';
import type { Estimator } from './plan.ts';
import type { EstimateRow, RowMeasure } from './results.ts';

type Unadjusted = Extract<
  Estimator,
  { method: 'welch' | 'mann-whitney' | 'kruskal-wallis' | 'hedges-g' | 'bootstrap' }
>;

const measureOf: Record<Unadjusted['method'], RowMeasure> = {
  welch: 'mean-difference',
  bootstrap: 'mean-difference',
  'mann-whitney': 'shift',
  'hedges-g': 'standardised-difference',
  'kruskal-wallis': 'association',
};

/** Each arm's mean, then comparisons without covariates, visit by visit. */
export function compareValues(context: Context, estimator: Unadjusted): EstimateRow[] {
  const { visits, treatments } = context.analysis.estimand;
  return visits.flatMap((visit) => {
    const observed = observedAt(context, visit);
    const means = armsOf(context).map((arm) => {
      const result = meanInterval(inArm(observed, arm.id), context.plan.level);
      const single = result?.n === 1 ? `One participant in ${arm.label}: an interval needs two.` : null;
      return rowOf(context, visit, 'mean', {
        arm: arm.id,
        n: result?.n ?? 0,
        estimate: result?.estimate ?? null,
        se: result?.sd == null ? null : result.sd / Math.sqrt(result.n),
        df: result?.sd == null ? null : result.n - 1,
        lower: result?.lower ?? null,
        upper: result?.upper ?? null,
        method: 'observed mean, t interval',
        reason: result === null ? nobodyIn(context, arm.id, visit) : single,
      });
    });
    if (estimator.method === 'kruskal-wallis') {
      const groups = armsOf(context).map((arm) => inArm(observed, arm.id));
      const test = kruskalWallis(groups);
      const numbers = 'reason' in test ? { reason: test.reason } : { ...test };
      const n = observed.length;
      return [...means, rowOf(context, visit, 'association', { n, method: 'kruskal-wallis', ...numbers })];
    }
    const comparisons = treatments.map(([arm, versus]) => {
      const first = inArm(observed, arm);
      const second = inArm(observed, versus);
      const empty = first.length === 0 ? arm : second.length === 0 ? versus : null;
      const numbers =
        empty === null
          ? compare(context, estimator, first, second)
          : { reason: nobodyIn(context, empty, visit) };
      return rowOf(context, visit, measureOf[estimator.method], {
        arm,
        versus,
        n: first.length,
        nVersus: second.length,
        method: estimator.method,
        ...numbers,
      });
    });
    return [...means, ...comparisons];

    function compare(own: Context, { method }: Unadjusted, first: number[], second: number[]): Numbers {
      const { level } = own.plan;
      if (method === 'welch') {
        const result = welchTest(first, second, level);
        return 'reason' in result ? { reason: result.reason } : { ...result };
      }
      if (method === 'bootstrap')
        return bootstrapDifference(
          first,
          second,
          estimator as Extract<Unadjusted, { method: 'bootstrap' }>,
          own,
        );
      if (method === 'mann-whitney') {
        const result = mannWhitney(first, second, level);
        if ('reason' in result) return { reason: result.reason };
        const { shift, exact, asymptotic } = result;
        return {
          estimate: shift.estimate,
          lower: shift.lower,
          upper: shift.upper,
          p: exact ?? asymptotic.p,
          statistic: exact === null ? asymptotic.z : null,
          method: exact === null ? 'mann-whitney, tie-corrected normal' : 'mann-whitney, exact',
        };
      }
      const [a, b] = [describeSample(first), describeSample(second)];
      if (a.n < 2 || b.n < 2) return { reason: 'An effect size needs two values in each arm.' };
      const sd = (s: { variance: number }) => Math.sqrt(s.variance);
      const result = hedgesG({ n: a.n, mean: a.mean, sd: sd(a) }, { n: b.n, mean: b.mean, sd: sd(b) }, level);
      return 'reason' in result
        ? { reason: result.reason }
        : { ...result.g, se: result.gStandardError, method: 'hedges g, non-central t' };
    }
  });
}
