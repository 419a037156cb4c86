import { describe, expect, test } from 'vitest';
import { hedgesG } from '../../analysis/continuous/effect-size.ts';
import { mannWhitney } from '../../analysis/continuous/mann-whitney.ts';
import { meanInterval } from '../../analysis/continuous/mean-interval.ts';
import { describeSample } from '../../analysis/continuous/sample.ts';
import { studentTest, welchTest } from '../../analysis/continuous/t-test.ts';
import type { Interval } from '../../analysis/interval.ts';
import { agrestiCoullInterval, waldInterval } from '../../analysis/proportions/approximate-interval.ts';
import { agrestiCaffoInterval, waldDifference } from '../../analysis/proportions/difference-interval.ts';
import { clopperPearsonInterval, jeffreysInterval } from '../../analysis/proportions/exact-interval.ts';
import { conditionalOdds, fisherExact } from '../../analysis/proportions/fisher-exact.ts';
import { newcombeInterval, type Proportion } from '../../analysis/proportions/newcombe.ts';
import { katzRatio, scoreOdds, scoreRatio, woolfOdds } from '../../analysis/proportions/ratio-interval.ts';
import { scoreDifference } from '../../analysis/proportions/score-difference.ts';
import { wilsonInterval } from '../../analysis/proportions/wilson.ts';
import { drawNormal, seededUniform } from '../../analysis/resampling/generator.ts';
import type { Unavailable } from '../../analysis/unavailable.ts';
import { reference } from '../reference/read.ts';

/** P(X = x) of the binomial distribution, by the ratio of neighbours from the mode: nothing of the code under test. */
function binomial(n: number, p: number): Float64Array {
  const mass = new Float64Array(n + 1);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  mass[mode] = 1;
  for (let x = mode; x < n; x++) mass[x + 1] = (mass[x]! * (n - x) * p) / ((x + 1) * (1 - p));
  for (let x = mode; x > 0; x--) mass[x - 1] = (mass[x]! * x * (1 - p)) / ((n - x + 1) * p);
  const sum = mass.reduce((a, b) => a + b, 0);
  return mass.map((v) => v / sum);
}

type Made = Interval | Unavailable | null;
const holds = (made: Made, truth: number) =>
  made === null || 'reason' in made || (made.lower <= truth + 1e-12 && truth - 1e-12 <= made.upper);
const middle = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, i) => from + ((i + 0.5) / count) * (to - from));
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('of one proportion, by summing binomial probabilities', () => {
  type Of = (x: number, n: number, level: number) => Interval | null;
  const coverage = (of: Of, n: number, ps: readonly number[], level = 0.95) => {
    const made = Array.from({ length: n + 1 }, (_, x) => of(x, n, level));
    return ps.map((p) => binomial(n, p).reduce((sum, mass, x) => sum + (holds(made[x]!, p) ? mass : 0), 0));
  };
  const grid = middle(0, 1, 1000);

  test('Wald’s as Brown, Cai and DasGupta print it (Stat Sci 2001;16:101–133, section 2.1)', () => {
    expect(coverage(waldInterval, 30, [0.2])[0]).toBeCloseTo(0.946, 3);
    expect(coverage(waldInterval, 98, [0.2])[0]).toBeCloseTo(0.928, 3);
    expect(coverage(waldInterval, 17, [0.5])[0]).toBeCloseTo(0.951, 3);
    expect(coverage(waldInterval, 40, [0.5])[0]).toBeCloseTo(0.919, 3);
  });

  // Agresti A, Coull BA. Am Stat 1998;52:119–126, Table 1: means over uniform p.
  test.each<[string, Of, number, number]>([
    ['Clopper–Pearson', clopperPearsonInterval, 5, 0.99],
    ['Wilson', wilsonInterval, 5, 0.955],
    ['Wald', waldInterval, 5, 0.641],
  ])('mean of %s over uniform p', (_, of, n, printed) => {
    expect(mean(coverage(of, n, middle(0, 1, 4000)))).toBeCloseTo(printed, 3);
  });

  test.each([5, 12, 30, 80])(
    'Clopper–Pearson’s is never below its level, n = %i (by construction, 1934)',
    (n) => {
      for (const level of [0.8, 0.95, 0.99])
        expect(Math.min(...coverage(clopperPearsonInterval, n, grid, level))).toBeGreaterThanOrEqual(
          level - 1e-9,
        );
    },
  );

  test.each([10, 30, 80])(
    'Wilson, Agresti–Coull and Jeffreys cover as often on average as R’s sums say, n = %i',
    (n) => {
      const r = reference('coverage').single[`n${n}`];
      expect(mean(coverage(wilsonInterval, n, grid))).toBeCloseTo(r.wilson, 8);
      expect(mean(coverage(agrestiCoullInterval, n, grid))).toBeCloseTo(r.agrestiCoull, 8);
      expect(mean(coverage(jeffreysInterval, n, grid))).toBeCloseTo(r.jeffreys, 8);
      // Agresti–Coull holds Wilson's interval (Brown, Cai & DasGupta 2001, section 4), and so covers at least as often.
      const [wilson, agresti] = [wilsonInterval, agrestiCoullInterval].map((of) => coverage(of, n, grid));
      wilson!.forEach((v, i) => {
        expect(agresti![i]).toBeGreaterThanOrEqual(v - 1e-12);
      });
    },
  );
});

describe('of two proportions, by summing over both', () => {
  type Of = (first: Proportion, second: Proportion, level: number) => Made;
  /** Coverage of the true value at each pair of risks; tables without an interval count as covered. */
  const coverage = (
    of: Of,
    [m, n]: [number, number],
    truth: (p: number, q: number) => number,
    pairs: readonly [number, number][],
  ) => {
    const made = Array.from({ length: m + 1 }, (_, x) =>
      Array.from({ length: n + 1 }, (__, y) =>
        of({ successes: x, total: m }, { successes: y, total: n }, 0.95),
      ),
    );
    return pairs.map(([p, q]) => {
      const [first, second] = [binomial(m, p), binomial(n, q)];
      let sum = 0;
      first.forEach((a, x) => {
        second.forEach((b, y) => {
          if (holds(made[x]![y]!, truth(p, q))) sum += a * b;
        });
      });
      return sum;
    });
  };
  const axis = middle(0, 1, 15);
  const pairs = axis.flatMap((p) => axis.map((q): [number, number] => [p, q]));
  const difference = (p: number, q: number) => p - q;
  const ratio = (p: number, q: number) => p / q;
  const odds = (p: number, q: number) => p / (1 - p) / (q / (1 - q));

  /*
   * Mean and least coverage over the same points, summed in R from its own formulas, and for score intervals from the
   * score test of the truth, so that no limit is searched for (test/reference/coverage.R).
   */
  const r = reference('coverage');
  test.each<[string, Of, (p: number, q: number) => number, string]>([
    ['Newcombe’s difference', newcombeInterval, difference, 'newcombe'],
    ['Miettinen and Nurminen’s difference', scoreDifferenceOf, difference, 'scoreDifference'],
    ['Agresti and Caffo’s difference', agrestiCaffoInterval, difference, 'agrestiCaffo'],
    ['Wald’s difference', waldDifference, difference, 'wald'],
    ['Koopman’s ratio', (a, b, level) => scoreRatio(a, b, level, 'plain'), ratio, 'koopman'],
    [
      'Miettinen and Nurminen’s ratio',
      (a, b, level) => scoreRatio(a, b, level, 'miettinen-nurminen'),
      ratio,
      'scoreRatio',
    ],
    ['Miettinen and Nurminen’s odds', scoreOdds, odds, 'scoreOdds'],
    ['Katz’s ratio', katzRatio, ratio, 'katz'],
    ['Woolf’s odds', woolfOdds, odds, 'woolf'],
  ])('%s covers as often as R’s sums say', (_, of, truth, name) => {
    const found = coverage(of, [18, 24], truth, pairs);
    expect(mean(found)).toBeCloseTo(r[name].mean, 8);
    expect(Math.min(...found)).toBeCloseTo(r[name].least, 8);
  });

  test('the conditional interval of the odds covers at least 95% (Cornfield 1956), Fisher’s test errs at most 5%', () => {
    const own = pairs.filter((_, i) => i % 3 === 0);
    expect(Math.min(...coverage(conditionalOdds, [11, 9], odds, own))).toBeGreaterThanOrEqual(0.95 - 1e-9);
    for (const p of [0.1, 0.3, 0.5, 0.8]) {
      const [first, second] = [binomial(11, p), binomial(9, p)];
      let errs = 0;
      first.forEach((a, x) => {
        second.forEach((b, y) => {
          if (fisherExact({ successes: x, total: 11 }, { successes: y, total: 9 })!.twoSided <= 0.05)
            errs += a * b;
        });
      });
      expect(errs).toBeLessThanOrEqual(0.05);
    }
  });

  function scoreDifferenceOf(first: Proportion, second: Proportion, level: number) {
    return scoreDifference({ first, second }, level);
  }
});

describe('of means and shifts, by simulation within four Monte Carlo errors', () => {
  const RUNS = 4000;
  const share = (seed: number, once: (normal: () => number) => boolean) => {
    const uniform = seededUniform(seed);
    let held = 0;
    for (let run = 0; run < RUNS; run++) if (once(() => drawNormal(uniform))) held++;
    return held / RUNS;
  };
  const sample = (n: number, of: () => number) => Array.from({ length: n }, of);
  const error = Math.sqrt((0.95 * 0.05) / RUNS);
  const exactly = (found: number) => expect(Math.abs(found - 0.95)).toBeLessThan(4 * error);

  test('Student’s interval of a mean is exact for normal values, of six people too', () => {
    exactly(share(1, (normal) => holds(meanInterval(sample(6, () => 5 + 3 * normal())) as Interval, 5)));
  });

  test('Student’s interval of a difference is exact under equal variances', () => {
    exactly(
      share(2, (normal) =>
        holds(
          studentTest(
            sample(5, () => 2 + normal()),
            sample(9, normal),
          ) as Made,
          2,
        ),
      ),
    );
  });

  test('Welch’s is within a point of 95% with variances of 1 and 16 in groups of 8 and 20 (his approximation’s claim)', () => {
    const found = share(3, (normal) =>
      holds(
        welchTest(
          sample(8, () => 4 * normal()),
          sample(20, normal),
        ) as Made,
        0,
      ),
    );
    expect(Math.abs(found - 0.95)).toBeLessThan(0.01 + 4 * error);
  });

  test('the non-central t interval of the standardised difference is exact (Steiger & Fouladi 1997)', () => {
    // The limits rise with d, so that the truth is held just between the two values of d whose limits it is.
    const limitsAt = (d: number) => {
      const result = hedgesG({ n: 7, mean: d, sd: 1 }, { n: 9, mean: 0, sd: 1 });
      if ('reason' in result) throw new Error(result.reason);
      return result.d;
    };
    const where = (key: 'lower' | 'upper') => {
      let [low, high] = [-3, 6];
      for (let i = 0; i < 30; i++) {
        const at = (low + high) / 2;
        if (limitsAt(at)[key] < 0.8) low = at;
        else high = at;
      }
      return low;
    };
    const [least, most] = [where('upper'), where('lower')];
    const found = share(4, (normal) => {
      const [a, b] = [describeSample(sample(7, () => 0.8 + normal())), describeSample(sample(9, normal))];
      const d = (a.mean - b.mean) / Math.sqrt((6 * a.variance + 8 * b.variance) / 14);
      return least <= d && d <= most;
    });
    exactly(found);
  });

  test('the exact limits of the shift cover as often as the ranks say, whatever the distribution (Bauer 1972)', () => {
    // 6 and 7 values: 1 − 2·P(W < k) at R's own quantile of the ranks (test/reference/coverage.R).
    const covered = (value: (normal: () => number) => number) =>
      share(5, (normal) => {
        const result = mannWhitney(
          sample(6, () => 3 + value(normal)),
          sample(7, () => value(normal)),
        );
        return 'shift' in result && holds(result.shift, 3);
      });
    for (const value of [
      (normal: () => number) => normal(),
      (normal: () => number) => Math.exp(2 * normal()),
    ]) {
      const found = covered(value);
      expect(Math.abs(found - reference('coverage').shift)).toBeLessThan(4 * error);
    }
  });
});
