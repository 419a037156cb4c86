import type { DataPlan } from './plan.ts';
import type { Table, TableRow } from './table.ts';

export interface CellReader {
  /** The cell without white space round it; null where it says “missing”. */
  text(row: TableRow, column: string): string | null;
  /** Whether the plan reads the row. */
  kept(row: TableRow): boolean;
}

/** @throws RangeError for a column that the table hasn't got */
export function cellReader(table: Table, { missing, keep }: Pick<DataPlan, 'missing' | 'keep'>): CellReader {
  const place = new Map(table.columns.map((column, index) => [column, index]));
  const gone = new Set(['', ...missing]);
  const text = (row: TableRow, column: string) => {
    const at = place.get(column);
    if (at === undefined) throw new RangeError(`The data have no column “${column}”.`);
    const cell = (row.cells[at] ?? '').trim();
    return gone.has(cell) ? null : cell;
  };
  return {
    text,
    kept: (row) => Object.entries(keep).every(([column, values]) => values.includes(text(row, column) ?? '')),
  };
}
