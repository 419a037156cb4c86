import { adjustP } from '../multiplicity/adjust.ts';
import type { AnalysisDefinition } from './plan.ts';
import type { EstimateRow } from './results.ts';

/**
 * Adds p-values adjusted over the comparisons of one analysis. One without a p counts as a hypothesis that isn't
 * rejected (p = 1), so that it can't make the others look better. Each delta of a tipping-point analysis is a family
 * of its own.
 */
export function adjustRows(rows: EstimateRow[], { adjust }: AnalysisDefinition): EstimateRow[] {
  if (adjust === 'none' || adjust === 'dunnett' || adjust === 'tukey') return rows;
  const of = new Map<EstimateRow, number>();
  for (const delta of new Set(rows.map((row) => row.delta))) {
    const compared = rows.filter((row) => row.versus !== null && row.delta === delta);
    const adjusted = adjustP(
      compared.map((row) => row.p ?? 1),
      adjust,
    );
    compared.forEach((row, i) => {
      if (row.p !== null) of.set(row, adjusted[i]!);
    });
  }
  return rows.map((row) => (of.has(row) ? { ...row, pAdjusted: of.get(row)! } : row));
}
