/** A table of text cells, as a CSV holds it. */
export interface Table {
  columns: string[];
  rows: TableRow[];
}

export interface TableRow {
  /** Line of the file, counted from 1, the header among them. */
  line: number;
  cells: string[];
}

export interface TableIssue {
  line: number;
  column: string;
  message: string;
}

/** A table that no analysis may be run on: nothing was computed, and every problem found is listed. */
export class TableError extends Error {
  override readonly name = 'TableError';
  readonly issues: readonly TableIssue[];

  constructor(issues: readonly TableIssue[]) {
    super(
      `The data can’t be analysed: ${issues.length === 1 ? 'one problem' : `${issues.length} problems`}. Nothing was computed.`,
    );
    this.issues = issues;
  }
}
