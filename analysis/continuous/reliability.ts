import { fQuantile } from '../distributions/f.ts';
import { upperProbability } from '../interval.ts';
import type { Unavailable } from '../unavailable.ts';
import { describeSample } from './sample.ts';

export interface Reliability {
  alpha: number;
  /** Feldt's limits. */
  lower: number;
  upper: number;
  /** From the mean correlation of the items: k·r̄/(1 + (k−1)r̄). */
  standardised: number;
  items: {
    /** α without this item; null when only one would be left. */ withoutItem:
      | number
      | null /** Correlation with the sum of the others. */;
    itemRest: number | null;
  }[];
}

/**
 * Cronbach's α = k/(k−1)·(1 − Σσᵢ²/σ²_total) of complete rows (people) of items.
 *
 * Limits: 1 − (1−α)·F_{1−α/2} and 1 − (1−α)·F_{α/2} with n−1 and (n−1)(k−1) degrees of freedom
 * (Feldt LS. Psychometrika 1965;30:357–370; Feldt, Woodruff & Salih. Appl Psychol Meas 1987;11:93–103).
 * Source: Cronbach LJ. Psychometrika 1951;16:297–334; R's `psych::alpha`.
 */
export function cronbachAlpha(rows: readonly (readonly number[])[], level = 0.95): Reliability | Unavailable {
  const tail = 1 - upperProbability(level);
  const n = rows.length;
  const k = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== k)) throw new RangeError('Everybody answers the same items.');
  if (n < 2 || k < 2) return { reason: 'At least two people and two items are needed.' };
  const items = Array.from({ length: k }, (_, j) => rows.map((row) => row[j]!));
  const totals = rows.map((row) => row.reduce((a, b) => a + b, 0));
  const alphaOf = (parts: number[][], sums: number[]): number | null => {
    const size = parts.length;
    const total = describeSample(sums).variance;
    if (size < 2 || !(total > 0)) return null;
    return (size / (size - 1)) * (1 - parts.reduce((sum, p) => sum + describeSample(p).variance, 0) / total);
  };
  const alpha = alphaOf(items, totals);
  if (alpha === null) return { reason: 'Everybody has the same total: there is no variation to explain.' };
  const correlation = (x: number[], y: number[]): number | null => {
    const a = describeSample(x);
    const b = describeSample(y);
    if (!(a.sumOfSquares > 0 && b.sumOfSquares > 0)) return null;
    return (
      x.reduce((sum, v, i) => sum + (v - a.mean) * (y[i]! - b.mean), 0) /
      Math.sqrt(a.sumOfSquares * b.sumOfSquares)
    );
  };
  let sum = 0;
  let count = 0;
  for (let i = 0; i < k; i++)
    for (let j = 0; j < i; j++) {
      const r = correlation(items[i]!, items[j]!);
      if (r !== null) {
        sum += r;
        count++;
      }
    }
  const mean = count > 0 ? sum / count : 0;
  const df1 = n - 1;
  const df2 = (n - 1) * (k - 1);
  return {
    alpha,
    lower: 1 - (1 - alpha) * fQuantile(1 - tail, df1, df2),
    upper: 1 - (1 - alpha) * fQuantile(tail, df1, df2),
    standardised: (k * mean) / (1 + (k - 1) * mean),
    items: items.map((item, j) => {
      const rest = totals.map((t, i) => t - item[i]!);
      return {
        withoutItem: alphaOf(
          items.filter((_, i) => i !== j),
          rest,
        ),
        itemRest: correlation(item, rest),
      };
    }),
  };
}
