import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agrestiCoullInterval,
  waldInterval,
  wilsonCorrectedInterval,
} from '../../../analysis/proportions/approximate-interval.ts';
import { tableTests } from '../../../analysis/proportions/contingency.ts';
import {
  agrestiCaffoInterval,
  newcombeCorrectedInterval,
  waldDifference,
} from '../../../analysis/proportions/difference-interval.ts';
import {
  clopperPearsonInterval,
  jeffreysInterval,
  midPInterval,
} from '../../../analysis/proportions/exact-interval.ts';
import { conditionalOdds, fisherExact } from '../../../analysis/proportions/fisher-exact.ts';
import { fisherTable } from '../../../analysis/proportions/fisher-table.ts';
import { newcombeInterval } from '../../../analysis/proportions/newcombe.ts';
import { numberNeeded } from '../../../analysis/proportions/number-needed.ts';
import { katzRatio, scoreOdds, scoreRatio, woolfOdds } from '../../../analysis/proportions/ratio-interval.ts';
import { differenceMarginTest, scoreDifference } from '../../../analysis/proportions/score-difference.ts';
import { reference, relativeError } from '../../reference/read.ts';

const r = reference('proportions');
const pair = (x1: number, n1: number, x2: number, n2: number) =>
  [
    { successes: x1, total: n1 },
    { successes: x2, total: n2 },
  ] as const;
const group = (cells: number[]) => pair(cells[0]!, cells[1]!, cells[2]!, cells[3]!);

function near(got: unknown, expected: number[], limit = 1e-9) {
  const { lower, upper } = got as { lower: number; upper: number };
  expect(relativeError(lower, expected[0]!), `lower ${lower} for ${expected}`).toBeLessThan(limit);
  expect(relativeError(upper, expected[1]!), `upper ${upper} for ${expected}`).toBeLessThan(limit);
}

describe('one proportion', () => {
  it.each(
    r.one as {
      x: number;
      n: number;
      clopper: number[];
      corrected: number[];
      jeffreys: number[];
      midp: number[];
    }[],
  )(
    '$x of $n against R (binom.test, prop.test, qbeta, bisection)',
    ({ x, n, clopper, corrected, jeffreys, midp }) => {
      near(clopperPearsonInterval(x, n), clopper, 1e-11);
      near(jeffreysInterval(x, n), jeffreys, 1e-11);
      near(midPInterval(x, n), midp, 1e-11);
      near(wilsonCorrectedInterval(x, n), corrected, 1e-11);
    },
  );

  it('17 of 45: Wald and Agresti–Coull (R 4.2.2)', () => {
    near(waldInterval(17, 45), [0.236122488042385, 0.519433067513171], 1e-12);
    near(agrestiCoullInterval(17, 45), [0.250768896517301, 0.524012605395183], 1e-12);
  });

  it('nobody observed gives null, counts out of range an error', () => {
    for (const f of [
      clopperPearsonInterval,
      jeffreysInterval,
      midPInterval,
      waldInterval,
      agrestiCoullInterval,
    ]) {
      expect(f(0, 0)).toBeNull();
      expect(() => f(3, 2)).toThrow(RangeError);
      expect(() => f(Number.NaN, 2)).toThrow(RangeError);
    }
  });
});

describe('difference of two proportions', () => {
  it.each(r.differences as { cells: number[]; mn: number[]; fm: number[] }[])(
    '$cells score limits against R',
    ({ cells, mn, fm }) => {
      const [first, second] = group(cells);
      near(scoreDifference({ first, second }), mn, 1e-10);
      near(scoreDifference({ first, second }, 0.95, 'farrington-manning'), fm, 1e-10);
    },
  );

  it('56/70 against 48/80 (Newcombe 1998, Table II; ratesci 0.4, DescTools)', () => {
    const [first, second] = pair(56, 70, 48, 80);
    near(waldDifference(first, second), [0.0575048991490372, 0.342495100850963], 1e-12);
    near(newcombeCorrectedInterval(first, second), [0.0427678720028899, 0.34218627843818], 1e-12);
    near(agrestiCaffoInterval(first, second), [0.0524529266380537, 0.335758455475767], 1e-12);
    near(scoreDifference({ first, second }), [0.0528297132458447, 0.338172940015868], 1e-10);
    near(
      scoreDifference({ first, second }, 0.95, 'farrington-manning'),
      [0.0533338492913252, 0.337729463741141],
      1e-10,
    );
  });

  it('stratified: Mantel–Haenszel-weighted score limits against R', () => {
    const strata = [
      [10, 18, 5, 14],
      [7, 16, 4, 16],
      [9, 15, 5, 13],
    ].map((c) => ({ first: group(c)[0], second: group(c)[1] }));
    near(scoreDifference(strata), r.stratified, 1e-10);
    // A stratum with an empty arm changes nothing.
    near(
      scoreDifference([...strata, { first: { successes: 0, total: 0 }, second: { successes: 2, total: 3 } }]),
      r.stratified,
      1e-10,
    );
  });

  it('limits hold the estimate, stay in [−1, 1], and swap with the groups', () => {
    const count = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(
        count,
        count,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n1, n2, f1, f2) => {
          const [first, second] = pair(Math.round(n1 * f1), n1, Math.round(n2 * f2), n2);
          const one = scoreDifference({ first, second })!;
          const two = scoreDifference({ first: second, second: first })!;
          expect(one.lower).toBeGreaterThanOrEqual(-1);
          expect(one.upper).toBeLessThanOrEqual(1);
          expect(one.lower).toBeLessThanOrEqual(one.estimate + 1e-12);
          expect(one.upper).toBeGreaterThanOrEqual(one.estimate - 1e-12);
          expect(one.lower).toBeCloseTo(-two.upper, 10);
        },
      ),
    );
  });

  it('empty arm: null', () => {
    const [first, second] = pair(0, 0, 3, 9);
    expect(scoreDifference({ first, second })).toBeNull();
    expect(agrestiCaffoInterval(first, second)).toBeNull();
    expect(differenceMarginTest({ first, second }, -0.1)).toBeNull();
  });

  it('the margin test’s p is α/2 at a limit of the interval', () => {
    const [first, second] = pair(40, 60, 45, 62);
    const { lower } = scoreDifference({ first, second }, 0.95, 'farrington-manning')!;
    expect(differenceMarginTest({ first, second }, lower)!.p).toBeCloseTo(0.025, 10);
  });
});

describe('number needed to treat', () => {
  it('26/44 against 14/45: within one interval (Newcombe limits inverted)', () => {
    const n = numberNeeded(newcombeInterval(...pair(26, 44, 14, 45)));
    expect(n).toMatchObject({ shape: 'benefit' });
    if ('reason' in n || n.shape === 'disjoint') throw new Error('unexpected');
    expect(relativeError(n.estimate, 3.57400722021661)).toBeLessThan(1e-12);
    near(n, [2.19505879972467, 13.6846812224516], 1e-11);
  });

  it('20/44 against 16/45: the interval passes through infinity (Altman 1998)', () => {
    const n = numberNeeded(newcombeInterval(...pair(20, 44, 16, 45)));
    if ('reason' in n || n.shape !== 'disjoint') throw new Error('unexpected');
    expect(relativeError(n.estimate, 10.1020408163265)).toBeLessThan(1e-12);
    expect(relativeError(n.benefitFrom, 3.45769197256875)).toBeLessThan(1e-11);
    expect(relativeError(n.harmFrom, 9.84028513642797)).toBeLessThan(1e-11);
  });

  it('equal proportions: infinite, in either direction', () => {
    expect(numberNeeded(newcombeInterval(...pair(5, 20, 5, 20)))).toMatchObject({
      shape: 'disjoint',
      estimate: Infinity,
    });
    expect(numberNeeded(null)).toHaveProperty('reason');
  });
});

describe('ratios', () => {
  it.each(
    r.ratios as {
      cells: number[];
      mn: number[];
      koopman: number[];
      odds_mn: number[];
      cornfield: number[];
    }[],
  )('$cells score limits against R', ({ cells, mn, koopman, odds_mn, cornfield }) => {
    const [first, second] = group(cells);
    near(scoreRatio(first, second), mn, 1e-9);
    near(scoreRatio(first, second, 0.95, 'plain'), koopman, 1e-9);
    near(scoreOdds(first, second), odds_mn, 1e-9);
    near(scoreOdds(first, second, 0.95, 'plain'), cornfield, 1e-9);
  });

  it('26/44 against 14/45 (ratesci 0.4; tight roots of the non-central hypergeometric)', () => {
    const [first, second] = pair(26, 44, 14, 45);
    near(katzRatio(first, second), [1.15262926588556, 3.12982933538225], 1e-12);
    near(scoreRatio(first, second), [1.1732624367235, 3.19110505266928], 1e-10);
    near(woolfOdds(first, second), [1.33800335891728, 7.64560396742628], 1e-12);
    near(scoreOdds(first, second), [1.34089846097337, 7.62759225106421], 1e-10);
    const exact = conditionalOdds(first, second);
    near(exact, [1.23117455660682, 8.40081964523285], 1e-10);
    expect(relativeError((exact as { estimate: number }).estimate, 3.15459076200479)).toBeLessThan(1e-10);
  });

  it('zero cells: score limits exist, log limits say why not', () => {
    const [first, second] = pair(0, 15, 6, 15);
    expect(katzRatio(first, second)).toHaveProperty('reason');
    expect(woolfOdds(first, second)).toHaveProperty('reason');
    for (const f of [scoreRatio, scoreOdds, conditionalOdds]) {
      const down = f(first, second) as { estimate: number; lower: number; upper: number };
      expect(down).toMatchObject({ estimate: 0, lower: 0 });
      expect(down.upper).toBeGreaterThan(0);
      const up = f(second, first) as { estimate: number; lower: number; upper: number };
      expect(up).toMatchObject({ estimate: Infinity, upper: Infinity });
      expect(relativeError(up.lower, 1 / down.upper)).toBeLessThan(1e-8);
    }
    const [none, nobody] = pair(0, 4, 0, 5);
    for (const f of [katzRatio, woolfOdds, scoreRatio, scoreOdds, conditionalOdds])
      expect(f(none, nobody)).toHaveProperty('reason');
    const [all, everyone] = pair(4, 4, 5, 5);
    for (const f of [katzRatio, woolfOdds, scoreOdds, conditionalOdds])
      expect(f(all, everyone)).toHaveProperty('reason');
    // With everybody responding (1 − φ)² ≤ z²·φ(1 − φ)/n₁ below 1 and (φ − 1)² ≤ z²·(φ − 1)/n₂ above: n₁/(n₁ + z²), 1 + z²/n₂.
    const z2 = 3.841458820694124;
    near(scoreRatio(all, everyone, 0.95, 'plain'), [4 / (4 + z2), 1 + z2 / 5], 1e-12);
    expect((scoreRatio(all, everyone) as { estimate: number }).estimate).toBe(1);
    const [empty, some] = pair(0, 0, 1, 5);
    for (const f of [katzRatio, woolfOdds, scoreRatio, scoreOdds, conditionalOdds])
      expect(f(empty, some)).toHaveProperty('reason');
  });

  it('score limits of the odds ratio invert when outcomes are swapped', () => {
    const one = scoreOdds(...pair(9, 20, 4, 18)) as { lower: number; upper: number };
    const two = scoreOdds(...pair(11, 20, 14, 18)) as { lower: number; upper: number };
    expect(relativeError(one.lower, 1 / two.upper)).toBeLessThan(1e-10);
  });
});

describe('tables', () => {
  interface Row {
    table: number[][];
    pearson: number;
    df: number;
    p: number;
    yates: number | null;
    g2: number;
    cramer: number;
    fisher: number;
  }
  it.each(r.tests as Row[])('$table chi-square (chisq.test, vcd) and Fisher (fisher.test)', (row) => {
    const t = tableTests(row.table);
    if ('reason' in t) throw new Error(t.reason);
    expect(relativeError(t.pearson.statistic, row.pearson)).toBeLessThan(1e-12);
    expect(t.pearson.df).toBe(row.df);
    expect(relativeError(t.pearson.p, row.p)).toBeLessThan(1e-11);
    expect(relativeError(t.likelihoodRatio.statistic, row.g2)).toBeLessThan(1e-11);
    expect(relativeError(t.cramersV, row.cramer)).toBeLessThan(1e-12);
    if (row.yates === null || row.yates === undefined) expect(t.yates).toBeNull();
    else expect(relativeError(t.yates!.statistic, row.yates)).toBeLessThan(1e-12);
    // FEXACT adds in single steps of its own: about 1e-9.
    expect(relativeError((fisherTable(row.table) as { p: number }).p, row.fisher)).toBeLessThan(1e-8);
  });

  it('N−1 chi-square of 26/18, 14/31 (Campbell 2007)', () => {
    const t = tableTests([
      [26, 18],
      [14, 31],
    ]);
    if ('reason' in t) throw new Error(t.reason);
    expect(relativeError(t.adjusted!.statistic, 6.95954648526077)).toBeLessThan(1e-12);
  });

  it('Fisher 2×2, both sides against R, and mid-p', () => {
    const sides = r.fisher_sides as number[][];
    const [one, two] = [fisherExact(...pair(26, 44, 14, 45))!, fisherExact(...pair(0, 10, 9, 10))!];
    [one, two].forEach((f, i) => {
      [f.twoSided, f.greater, f.less].forEach((p, j) => {
        expect(relativeError(p, sides[i]![j]!)).toBeLessThan(1e-10);
      });
    });
    expect(relativeError(one.midP, 0.008088501291208)).toBeLessThan(1e-10);
    expect(fisherExact(...pair(0, 0, 1, 3))).toBeNull();
    expect(fisherExact(...pair(3, 3, 5, 5))!.twoSided).toBe(1);
  });

  it('r×c Fisher on 2×2 tables is the 2×2 test', () => {
    const n = fc.integer({ min: 0, max: 14 });
    fc.assert(
      fc.property(n, n, n, n, (a, b, c, d) => {
        fc.pre(a + b > 0 && c + d > 0 && a + c > 0 && b + d > 0);
        const table = fisherTable([
          [a, b],
          [c, d],
        ]) as { p: number };
        const exact = fisherExact({ successes: a, total: a + b }, { successes: c, total: c + d })!;
        expect(relativeError(table.p, exact.twoSided)).toBeLessThan(1e-10);
      }),
    );
  });

  it('a table with one informative row, or ragged, is refused', () => {
    expect(
      tableTests([
        [3, 4],
        [0, 0],
      ]),
    ).toHaveProperty('reason');
    expect(
      fisherTable([
        [3, 0],
        [2, 0],
      ]),
    ).toHaveProperty('reason');
    expect(() => tableTests([[3, 4], [1]])).toThrow(RangeError);
    expect(() =>
      tableTests([
        [3, Number.NaN],
        [1, 2],
      ]),
    ).toThrow(RangeError);
    expect(
      fisherTable([
        [90, 80, 70, 60, 85],
        [70, 60, 80, 75, 66],
        [64, 80, 91, 52, 77],
        [80, 64, 71, 66, 75],
        [61, 62, 93, 84, 95],
      ]),
    ).toHaveProperty('reason');
  });
});
