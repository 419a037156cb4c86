import { lowerFirst } from '../lower-first.ts';
import type { ResultRow } from '../plan.ts';
import { isPooled } from '../validate.ts';
import type { Chart, ChartOptions, ChartTable } from './chart.ts';
import { drawForest } from './forest.ts';
import type { ForestLine } from './forest-layout.ts';
import { emptySpec } from './frame.ts';
import { levelText, list, plural, rounded, signed } from './numbers.ts';
import { followUp, missingText, type OutcomeResults, rowsOf } from './outcome.ts';

export interface RiskDifferenceResults extends OutcomeResults {
  /** The comparisons that the trial was planned for; their squares are filled. */
  primary?: readonly { visit: string; arm: string; versus: string }[];
}

/**
 * Differences in response between arms as a forest: point and Newcombe interval in percentage points, one panel for
 * each visit, with the numbers at the right. Where arms are hidden there is nothing to compare, and the chart says so.
 */
export function riskDifferenceChart(results: RiskDifferenceResults, options: ChartOptions): Chart {
  const filled = results.primary?.length ? '. Filled squares: primary comparisons' : '';
  const level = levelText(results.level);
  const words = {
    title: `Differences in ${lowerFirst(results.outcome.label)}`,
    subtitle: `Percentage points, Newcombe ${level} CI. ${missingText(results.missing)}${filled}`,
  };
  const lines = new Map(followUp(results).map((visit) => [visit.id, linesOf(results, visit.id)]));
  const description = describe(results, lines, words, options.masked);
  const table = tabulate(results, lines);
  const known = [...lines.values()].flat().some(({ row }) => row.estimate !== null);
  const spec = known
    ? drawForest(results, lines, { ...words, description }, options)
    : emptySpec(nothing(results, options.masked), { ...words, description }, options);
  return { ...words, description, spec, table };
}

function nothing({ arms, rows }: RiskDifferenceResults, masked: boolean): string {
  if (isPooled(arms)) return 'Arms are hidden. Differences between arms show after unmasking.';
  if (!rows.some((row) => row.measure === 'risk-difference')) {
    return masked ? 'Groups behind letters are not compared.' : 'The protocol plans no comparison of arms.';
  }
  return 'No comparison yet: it needs scores after baseline in both arms.';
}

function linesOf(results: RiskDifferenceResults, visit: string): ForestLine[] {
  const counts = rowsOf(results, 'proportion');
  const name = (id: string | null) => results.arms.find((arm) => arm.id === id)?.label ?? String(id);
  const count = (id: string | null) => {
    const row = counts.find((candidate) => candidate.visit === visit && candidate.arm === id);
    return row?.numerator == null ? '' : `${row.numerator}/${row.denominator}`;
  };
  return rowsOf(results, 'risk-difference')
    .filter((row) => row.visit === visit)
    .map((row) => ({
      row,
      label: `${name(row.arm)} − ${name(row.versus)}`,
      text: differenceText(row),
      first: count(row.arm),
      second: count(row.versus),
      primary: (results.primary ?? []).some(
        (pair) => pair.visit === visit && pair.arm === row.arm && pair.versus === row.versus,
      ),
    }));
}

/** “+8.2 (−15.0 to +29.3)” in percentage points. */
function differenceText({ estimate, lower, upper }: ResultRow): string {
  if (estimate === null || lower === null || upper === null) return '';
  return `${signed(100 * estimate)} (${signed(100 * lower)} to ${signed(100 * upper)})`;
}

function describe(
  results: RiskDifferenceResults,
  lines: Map<string, ForestLine[]>,
  { title, subtitle }: { title: string; subtitle: string },
  masked: boolean,
): string {
  if ([...lines.values()].flat().length === 0) return `${title}. ${nothing(results, masked)}`;
  const visits = followUp(results).map((visit) => {
    const own = lines.get(visit.id)!;
    if (own.every(({ row }) => row.estimate === null)) return ` ${visit.label}: nothing to compare yet.`;
    const parts = own.map(({ label, text, first, second }) =>
      text ? `${label} ${text}, ${first} against ${second}` : `${label} no comparison yet`,
    );
    return ` ${visit.label}: ${list(parts)}.`;
  });
  const comparisons = [...lines.values()].flat().length;
  return `${title}: ${plural(comparisons, 'comparison')}. ${subtitle}.${visits.join('')}`;
}

function tabulate(results: RiskDifferenceResults, lines: Map<string, ForestLine[]>): ChartTable {
  const level = levelText(results.level);
  const points = (value: number | null) => rounded(value === null ? null : 100 * value);
  return {
    columns: [
      { id: 'visit', label: 'Visit', numeric: false },
      { id: 'comparison', label: 'Comparison', numeric: false },
      { id: 'difference', label: 'Difference, points', numeric: true },
      { id: 'lower', label: `${level} CI from`, numeric: true },
      { id: 'upper', label: 'to', numeric: true },
      { id: 'first', label: 'First', numeric: true },
      { id: 'second', label: 'Second', numeric: true },
    ],
    rows: followUp(results).flatMap((visit) =>
      lines.get(visit.id)!.map(({ row, label, first, second }) => ({
        visit: visit.label,
        comparison: label,
        difference: points(row.estimate),
        lower: points(row.lower),
        upper: points(row.upper),
        first: first || null,
        second: second || null,
      })),
    ),
  };
}
