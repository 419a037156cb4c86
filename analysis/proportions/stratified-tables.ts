import { chiSquareUpper } from '../distributions/gamma.ts';
import { cholesky, choleskySolve } from '../linear/cholesky.ts';
import { dot, zeros } from '../linear/matrix.ts';
import type { Unavailable } from '../unavailable.ts';
import { type ChiSquare, type CountTable, checkTable } from './contingency.ts';

export interface StratifiedTests {
  /** Any association of arm and category, df (r−1)(c−1). */
  generalAssociation: ChiSquare | Unavailable;
  /** Arms' mean category scores differ, df r−1. */
  rowMeans: ChiSquare | Unavailable;
  /** Linear association of arm and category scores, df 1. */
  correlation: ChiSquare | Unavailable;
}

/**
 * Generalised Cochran–Mantel–Haenszel tests of r×c tables in strata (Landis JR, Heyman ER, Koch GG. Int Stat Rev
 * 1978;46:237–254; SAS PROC FREQ's CMH; R's `mantelhaen.test` is the general association).
 *
 * Given a stratum's margins, counts have mean E = nᵢ₊n₊ⱼ/n and covariance
 *
 *     Cov(nᵢⱼ, nₖₗ) = nᵢ₊(δᵢₖn − nₖ₊)·n₊ⱼ(δⱼₗn − n₊ₗ)/(n²(n−1))
 *
 * Each statistic is GᵀV⁻¹G with G = ΣB(n − E), V = ΣB·Cov·Bᵀ, where B = C ⊗ R picks all but the last category and
 * arm, or weights them by their scores.
 *
 * @param strata tables with the same arms (rows) and categories (columns)
 * @param rowScores, columnScores scores of arms and categories, 1, 2, 3, … if left out
 */
export function stratifiedTests(
  strata: readonly CountTable[],
  rowScores?: number[],
  columnScores?: number[],
): StratifiedTests | Unavailable {
  strata.forEach(checkTable);
  // Arms and categories that are empty throughout would make the covariance singular.
  const height = strata[0]?.length ?? 0;
  const width = strata[0]?.[0]?.length ?? 0;
  if (strata.some((s) => s.length !== height || s[0]!.length !== width))
    throw new RangeError('All strata have the same arms and categories.');
  const rows = Array.from({ length: height }, (_, i) => i).filter((i) =>
    strata.some((s) => s[i]!.some((n) => n > 0)),
  );
  const columns = Array.from({ length: width }, (_, j) => j).filter((j) =>
    strata.some((s) => s.some((r) => r[j]! > 0)),
  );
  if (rows.length < 2 || columns.length < 2)
    return { reason: 'Fewer than two arms or categories have any count: there is nothing to compare.' };
  const pickAll = (count: number) =>
    Array.from({ length: count - 1 }, (_, i) => Array.from({ length: count }, (_, j) => (i === j ? 1 : 0)));
  const scores = (given: number[] | undefined, kept: number[]) => [kept.map((i) => given?.[i] ?? i + 1)];
  const test = (left: number[][], right: number[][]): ChiSquare | Unavailable => {
    const size = left.length * right.length;
    const g = new Float64Array(size);
    const v = zeros(size, size);
    for (const stratum of strata) {
      const table = rows.map((i) => columns.map((j) => stratum[i]![j]!));
      const rowTotals = table.map((r) => r.reduce((a, b) => a + b, 0));
      const columnTotals = columns.map((_, j) => table.reduce((sum, r) => sum + r[j]!, 0));
      const n = rowTotals.reduce((a, b) => a + b, 0);
      if (n < 2) continue;
      const spread = (b: number[][], totals: number[]) =>
        b.map((x) =>
          b.map(
            (y) =>
              n * x.reduce((sum, xi, i) => sum + xi * y[i]! * totals[i]!, 0) -
              dot(x, totals) * dot(y, totals),
          ),
        );
      const rowPart = spread(left, rowTotals);
      const columnPart = spread(right, columnTotals);
      left.forEach((x, i) => {
        right.forEach((y, j) => {
          const at = i * right.length + j;
          let observed = 0;
          table.forEach((r, k) => {
            observed += x[k]! * dot(y, r);
          });
          g[at]! += observed - (dot(x, rowTotals) * dot(y, columnTotals)) / n;
          left.forEach((_, k) => {
            right.forEach((__, l) => {
              v.data[at * size + k * right.length + l]! +=
                (rowPart[i]![k]! * columnPart[j]![l]!) / (n * n * (n - 1));
            });
          });
        });
      });
    }
    const factor = cholesky(v);
    if (!factor)
      return { reason: 'The strata leave too little variation for this test (singular covariance).' };
    const statistic = dot(g, choleskySolve(factor, g));
    return { statistic, df: size, p: chiSquareUpper(statistic, size) };
  };
  const everyRow = pickAll(rows.length);
  return {
    generalAssociation: test(everyRow, pickAll(columns.length)),
    rowMeans: test(everyRow, scores(columnScores, columns)),
    correlation: test(scores(rowScores, rows), scores(columnScores, columns)),
  };
}
