import { chiSquareUpper } from '../distributions/gamma.ts';
import type { Unavailable } from '../unavailable.ts';

/** Counts by row (arm) and column (category). */
export type CountTable = number[][];

export interface ChiSquare {
  statistic: number;
  df: number;
  p: number;
}

export interface TableTests {
  pearson: ChiSquare;
  /** Yates' continuity correction; 2×2 only. */
  yates: ChiSquare | null;
  /** Likelihood ratio, G². */
  likelihoodRatio: ChiSquare;
  /** Pearson's × (N−1)/N (Campbell 2007); 2×2 only. */
  adjusted: ChiSquare | null;
  cramersV: number;
  /** Least expected count: below 5 the chi-square distribution is a poor guide. */
  leastExpected: number;
}

export function checkTable(table: CountTable): void {
  const width = table[0]?.length ?? 0;
  for (const row of table)
    if (row.length !== width || row.some((n) => !Number.isInteger(n) || n < 0))
      throw new RangeError('A table has rows of equal length, of whole numbers from 0.');
}

/** The table without rows and columns whose total is 0: they hold no information. */
export function withoutEmpty(table: CountTable): CountTable {
  const rows = table.filter((row) => row.some((n) => n > 0));
  const kept = (rows[0] ?? []).map((_, j) => rows.some((row) => row[j]! > 0));
  return rows.map((row) => row.filter((_, j) => kept[j]));
}

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

/**
 * Chi-square tests of independence in an r×c table, E = row total × column total / N:
 *
 *   Pearson  Σ(O−E)²/E                         Pearson K. Phil Mag 1900;50:157–175
 *   Yates    Σ(|O−E| − min(½, |O−E|))²/E       Yates F. JRSS Suppl 1934;1:217–235 (R's `chisq.test`)
 *   G²       2ΣO·ln(O/E)                       Wilks SS. Ann Math Stat 1938;9:60–62
 *   N−1      Pearson·(N−1)/N                   Campbell I. Stat Med 2007;26:3661–3675
 *   V        √(Pearson/(N·(min(r, c)−1)))      Cramér H. 1946
 *
 * Empty rows and columns are left out before the degrees of freedom (r−1)(c−1) are counted.
 *
 * @throws RangeError for a ragged table or counts that aren't whole numbers from 0
 */
export function tableTests(table: CountTable): TableTests | Unavailable {
  checkTable(table);
  const used = withoutEmpty(table);
  if (used.length < 2 || used[0]!.length < 2)
    return { reason: 'Fewer than two rows or columns have any count: there is nothing to compare.' };
  const rows = used.map(sum);
  const columns = used[0]!.map((_, j) => sum(used.map((row) => row[j]!)));
  const total = sum(rows);
  const df = (rows.length - 1) * (columns.length - 1);
  let pearson = 0;
  let yates = 0;
  let g = 0;
  let leastExpected = Infinity;
  used.forEach((row, i) => {
    row.forEach((count, j) => {
      const expected = (rows[i]! * columns[j]!) / total;
      leastExpected = Math.min(leastExpected, expected);
      const gap = Math.abs(count - expected);
      pearson += (gap * gap) / expected;
      yates += (gap - Math.min(0.5, gap)) ** 2 / expected;
      if (count > 0) g += 2 * count * Math.log(count / expected);
    });
  });
  const test = (statistic: number): ChiSquare => ({ statistic, df, p: chiSquareUpper(statistic, df) });
  const small = df === 1;
  return {
    pearson: test(pearson),
    yates: small ? test(yates) : null,
    likelihoodRatio: test(Math.max(0, g)),
    adjusted: small ? test((pearson * (total - 1)) / total) : null,
    cramersV: Math.sqrt(pearson / (total * (Math.min(rows.length, columns.length) - 1))),
    leastExpected,
  };
}
