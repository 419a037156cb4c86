import { stringify } from 'csv-stringify/sync';
import {
  type Chart,
  type ChartTable,
  type StudyCharts,
  studyChart,
  type ThemeName,
} from '../../analysis/charts/index.ts';
import type { ChartId } from '../results/contract.ts';

/** Wide enough that labels and columns stand at ease on a page of their own. */
const widths: Record<ChartId, number> = {
  consort: 860,
  recruitment: 680,
  response: 640,
  'risk-difference': 760,
  'mean-change': 640,
};

/**
 * A chart that speaks for itself, to be saved or printed: with title, subtitle, ground and a note.
 *
 * @param note data cut-off, mask state and, where it is so, that the data are synthetic
 * @returns null where the plan has no outcome that the chart could show
 */
export function downloadChart(
  id: ChartId,
  study: StudyCharts,
  { theme, masked, note }: { theme: ThemeName; masked: boolean; note: string },
): Chart | null {
  return studyChart(id, study, { theme, masked, note, width: widths[id], standalone: true });
}

/** A chart's table as CSV (RFC 4180) with the columns' labels as its header; an absent number is an empty field. */
export function chartCsv({ columns, rows }: ChartTable): string {
  return stringify(
    rows.map((row) => columns.map(({ id }) => row[id] ?? '')),
    {
      header: true,
      columns: columns.map(({ label }) => label),
      record_delimiter: '\r\n',
      escape_formulas: false,
    },
  );
}
