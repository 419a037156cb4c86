import { tableTests } from '../proportions/contingency.ts';
import { fisherExact } from '../proportions/fisher-exact.ts';
import { cochranMantelHaenszel } from '../proportions/mantel-haenszel.ts';
import { type Context, inArm, type Numbers, nobodyIn, observedAt, rowOf } from './context.ts';
import type { Estimator } from './plan.ts';
import { count } from './proportions.ts';
import type { EstimateRow } from './results.ts';
import { stratify } from './strata.ts';

type Test = Extract<Estimator, { method: 'chi-square' | 'fisher' | 'cochran-mantel-haenszel' }>;

/** Tests of each comparison's 2×2 table (or tables, in strata), without an estimate. */
export function testAssociation(context: Context, estimator: Test): EstimateRow[] {
  const { visits, treatments } = context.analysis.estimand;
  return visits.flatMap((visit) => {
    const observed = observedAt(context, visit);
    return treatments.map(([arm, versus]) => {
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
      const numbers = empty === null ? test() : { reason: nobodyIn(context, empty, visit) };
      return rowOf(context, visit, 'association', { ...base, ...numbers });

      function test(): Numbers {
        if (estimator.method === 'fisher') return { p: fisherExact(first, second)!.twoSided };
        if (estimator.method === 'cochran-mantel-haenszel') {
          const result = cochranMantelHaenszel(
            stratify(context, observed, estimator.strata, arm, versus),
            estimator.corrected,
          );
          return 'reason' in result ? { reason: result.reason } : { ...result };
        }
        const tests = tableTests(
          [first, second].map(({ successes, total }) => [successes, total - successes]),
        );
        if ('reason' in tests) return { reason: tests.reason };
        if (tests.leastExpected < 5)
          context.notes.add(
            'An expected count is below 5: the chi-square distribution is a poor guide there.',
          );
        const variants = {
          pearson: tests.pearson,
          yates: tests.yates,
          'n-1': tests.adjusted,
          'likelihood-ratio': tests.likelihoodRatio,
        };
        return { ...variants[estimator.variant] };
      }
    });
  });
}

function methodOf(estimator: Test): string {
  if (estimator.method === 'chi-square') return `${estimator.variant} chi-square`;
  return estimator.method === 'fisher' ? 'fisher exact' : 'cochran-mantel-haenszel';
}
