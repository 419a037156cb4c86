import type { ResultRow } from '../plan.ts';
import type { Chart, ChartOptions, ChartTable } from './chart.ts';
import { emptySpec } from './frame.ts';
import { levelText, list, percent, rounded, share } from './numbers.ts';
import {
  byArm,
  definition,
  followUp,
  missingText,
  nothingText,
  type OutcomeResults,
  rowsOf,
} from './outcome.ts';
import { drawResponse } from './response-picture.ts';

/**
 * Response by arm, one panel for each visit: point and Wilson interval, with counts and percentage at the right.
 *
 * A visit that nobody has reached takes one line that says so; an arm without a number keeps its row.
 */
export function responseChart(results: OutcomeResults, options: ChartOptions): Chart {
  const rows = rowsOf(results, 'proportion');
  const words = {
    title: byArm(results.outcome.label, results.arms, options.masked),
    subtitle: `${definition(results.outcome)}. ${missingText(results.missing)}, Wilson ${levelText(results.level)} CI`,
  };
  const description = describe(results, rows, words);
  const table = tabulate(results, rows);
  const known = rows.some((row) => row.estimate !== null);
  const spec = known
    ? drawResponse(results, rows, { ...words, description }, options)
    : emptySpec(nothingText(rows), { ...words, description }, options);
  return { ...words, description, spec, table };
}

function describe(
  results: OutcomeResults,
  rows: ResultRow[],
  { title, subtitle }: { title: string; subtitle: string },
): string {
  const visits = followUp(results).map((visit) => {
    const parts = results.arms.map((arm) => {
      const row = rows.find((candidate) => candidate.visit === visit.id && candidate.arm === arm.id);
      if (!row || row.estimate === null) return `${arm.label} ${row?.hidden ?? 'no scores'}`;
      const limits = `${percent(row.lower!)} to ${percent(row.upper!)}`;
      return `${arm.label} ${share(row.numerator!, row.denominator!)}, interval ${limits}`;
    });
    return ` ${visit.label}: ${list(parts)}.`;
  });
  return `${title}. ${subtitle}.${visits.join('')}`;
}

function tabulate(results: OutcomeResults, rows: ResultRow[]): ChartTable {
  const level = levelText(results.level);
  return {
    columns: [
      { id: 'visit', label: 'Visit', numeric: false },
      { id: 'arm', label: 'Arm', numeric: false },
      { id: 'responders', label: 'Responders', numeric: true },
      { id: 'of', label: 'Of', numeric: true },
      { id: 'percent', label: '%', numeric: true },
      { id: 'lower', label: `${level} CI from`, numeric: true },
      { id: 'upper', label: 'to', numeric: true },
    ],
    rows: followUp(results).flatMap((visit) =>
      results.arms.map((arm) => {
        const row = rows.find((candidate) => candidate.visit === visit.id && candidate.arm === arm.id);
        const of100 = (value: number | null | undefined) => rounded(value == null ? null : 100 * value);
        return {
          visit: visit.label,
          arm: arm.label,
          responders: row?.hidden ?? row?.numerator ?? null,
          of: row?.hidden ?? row?.denominator ?? null,
          percent: of100(row?.estimate),
          lower: of100(row?.lower),
          upper: of100(row?.upper),
        };
      }),
    ),
  };
}
