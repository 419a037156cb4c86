import { tippingPoints } from '../imputation/tipping-point.ts';
import { armLabel, type Context, visitOf } from './context.ts';
import type { EstimateRow } from './results.ts';

const isTipping = ({ missing }: Context['analysis']): boolean =>
  missing.method === 'reference-based' && missing.deltas.length > 1;

const laddersOf = (rows: readonly EstimateRow[]): EstimateRow[][] => {
  const ladders = new Map<string, EstimateRow[]>();
  for (const row of rows) {
    if (row.versus === null || row.delta === null) continue;
    const key = JSON.stringify([row.visit, row.arm, row.versus]);
    ladders.set(key, [...(ladders.get(key) ?? []), row]);
  }
  return [...ladders.values()];
};

/** P adjusted over the comparisons decides, where the plan adjusts. */
const decisive = ({ p, pAdjusted }: EstimateRow) => pAdjusted ?? p;

/** Says in each comparison of a tipping-point analysis what becomes of its conclusion at that delta. */
export function markConclusions(context: Context, rows: EstimateRow[]): EstimateRow[] {
  if (!isTipping(context.analysis)) return rows;
  const of = new Map<EstimateRow, EstimateRow['conclusion']>();
  for (const ladder of laddersOf(rows)) {
    const rungs = ladder.map((row) => ({ delta: row.delta!, estimate: row.estimate, p: decisive(row) }));
    tippingPoints(rungs, 1 - context.plan.level).forEach((conclusion, i) => {
      of.set(ladder[i]!, conclusion);
    });
  }
  return rows.map((row) => (of.has(row) ? { ...row, conclusion: of.get(row)! } : row));
}

/** Where each comparison's conclusion tips, a sentence each, for the methods and the results. */
export function tippingText(context: Context, rows: readonly EstimateRow[]): string[] {
  if (!isTipping(context.analysis)) return [];
  const several = context.analysis.estimand.visits.length > 1;
  return laddersOf(rows).flatMap((ladder) => {
    const known = ladder.filter((row) => row.conclusion !== null);
    const [start] = known.toSorted((a, b) => Math.abs(a.delta!) - Math.abs(b.delta!));
    if (!start) return [];
    const where = several ? ` at ${visitOf(context, start.visit).label}` : '';
    const who = `${armLabel(context, start.arm!)} against ${armLabel(context, start.versus!)}${where}`;
    const level = `${Number((100 * (1 - context.plan.level)).toFixed(3))}%`;
    const isSignificant = decisive(start)! <= 1 - context.plan.level;
    const before = `${isSignificant ? 'significant' : 'not significant'} at ${level} with ${start.delta === 0 ? 'nothing' : start.delta} added`;
    const tips = known.filter((row) => row.conclusion === 'tips').toSorted((a, b) => a.delta! - b.delta!);
    const deltas = known.map((row) => row.delta!);
    if (tips.length === 0)
      return [
        `${who}: ${before}, and so at every delta tried (${Math.min(...deltas)} to ${Math.max(...deltas)}); no tipping point was found.`,
      ];
    const named = tips.map((row) => {
      const last = known
        .filter(({ delta }) => delta! !== row.delta && isWithin(start.delta!, delta!, row.delta!))
        .toSorted((a, b) => Math.abs(b.delta! - start.delta!) - Math.abs(a.delta! - start.delta!))[0]!;
      return `at delta ${row.delta} (P ${pText(decisive(row)!)}; at ${last.delta} still ${pText(decisive(last)!)})`;
    });
    return [`${who}: ${before}; the conclusion tips ${named.join(' and ')}.`];
  });
}

/** Whether a delta lies from the start up to, not beyond, another. */
const isWithin = (start: number, delta: number, end: number) =>
  Math.min(start, end) <= delta && delta <= Math.max(start, end);

const pText = (p: number) => (p < 0.001 ? '<0.001' : p.toFixed(3));
