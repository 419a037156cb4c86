import type { ResultRow } from '../plan.ts';
import { isPooled } from '../validate.ts';
import type { Chart, ChartOptions, ChartTable } from './chart.ts';
import { emptySpec } from './frame.ts';
import { drawMeanChange } from './mean-change-picture.ts';
import { decimal, decimalsFor, levelText, list, rounded } from './numbers.ts';
import { definition, followUp, type OutcomeResults, rowsOf, valuesOf } from './outcome.ts';

export interface MeanChangeResults extends OutcomeResults {
  /** Participants with a baseline score, by arm. */
  atBaseline: Record<string, number>;
}

/**
 * Mean change from baseline over time: a line for each arm with Student's t intervals, visits spaced by real time, the
 * arm's name and last mean at the line's end, and the number of participants under each visit.
 */
export function meanChangeChart(results: MeanChangeResults, options: ChartOptions): Chart {
  const { outcome, arms } = results;
  const rows = rowsOf(results, 'mean-change');
  const words = {
    title: isPooled(arms) ? `${outcome.label}, pooled` : outcome.label,
    subtitle: `${definition(outcome)}, mean with ${levelText(results.level)} CI`,
  };
  const description = describe(results, rows, words);
  const table = tabulate(results, rows);
  const known = rows.some((row) => row.estimate !== null);
  const spec = known
    ? drawMeanChange(results, rows, { ...words, description }, options)
    : emptySpec(
        'No change to show before the first visit after baseline.',
        { ...words, description },
        options,
      );
  return { ...words, description, spec, table };
}

function describe(
  results: MeanChangeResults,
  rows: ResultRow[],
  { title, subtitle }: { title: string; subtitle: string },
): string {
  const decimals = decimalsFor(valuesOf(rows));
  const visits = followUp(results).map((visit) => {
    const parts = results.arms.map((arm) => {
      const row = rows.find((candidate) => candidate.visit === visit.id && candidate.arm === arm.id);
      if (row?.estimate == null) return `${arm.label} ${row?.hidden ?? 'no scores'}`;
      const limits =
        row.lower === null
          ? 'no interval'
          : `${decimal(row.lower, decimals)} to ${decimal(row.upper!, decimals)}`;
      return `${arm.label} ${decimal(row.estimate, decimals)} (${limits}, n ${row.denominator})`;
    });
    return ` ${visit.label}: ${list(parts)}.`;
  });
  return `${title}. ${subtitle}.${visits.join('')}`;
}

function tabulate(results: MeanChangeResults, rows: ResultRow[]): ChartTable {
  const level = levelText(results.level);
  const decimals = decimalsFor(valuesOf(rows)) + 1;
  return {
    columns: [
      { id: 'visit', label: 'Visit', numeric: false },
      { id: 'arm', label: 'Arm', numeric: false },
      { id: 'n', label: 'n', numeric: true },
      { id: 'mean', label: 'Mean change', numeric: true },
      { id: 'lower', label: `${level} CI from`, numeric: true },
      { id: 'upper', label: 'to', numeric: true },
    ],
    rows: followUp(results).flatMap((visit) =>
      results.arms.map((arm) => {
        const row = rows.find((candidate) => candidate.visit === visit.id && candidate.arm === arm.id);
        return {
          visit: visit.label,
          arm: arm.label,
          n: row?.hidden ?? row?.denominator ?? 0,
          mean: rounded(row?.estimate ?? null, decimals),
          lower: rounded(row?.lower ?? null, decimals),
          upper: rounded(row?.upper ?? null, decimals),
        };
      }),
    ),
  };
}
