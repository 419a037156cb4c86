import type { Chart, ChartOptions } from '../../analysis/charts/index.ts';

export interface ReportTable {
  caption: string;
  columns: { label: string; numeric: boolean }[];
  /** Cells as text; a row that begins with a cell alone is the heading of those after it. */
  rows: string[][];
  /** Of the columns that hold what people wrote, which is said in no other language. */
  asWritten?: readonly number[];
}

/** A part of a report, for a page and for paper: words, pictures still to be drawn, and tables. */
export interface ReportSection {
  id: string;
  title: string;
  text: string[];
  charts: ((options: ChartOptions) => Chart)[];
  tables: ReportTable[];
}

export const numeric = (label: string) => ({ label, numeric: true });
export const words = (label: string) => ({ label, numeric: false });
