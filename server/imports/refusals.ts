import type { ImportReport } from './contract.ts';

type Refusal = ImportReport['refused'][number];

/** So many are listed; all are counted. */
export const LISTED = 1000;
/** A cell is quoted up to here. */
const SHOWN = 200;

/** Everything in the file that can't be imported. */
export class Refusals {
  readonly listed: Refusal[] = [];
  total = 0;

  /** @param row as a spreadsheet counts: 1 is the header */
  add(row: number, column: string | null, cell: string | null, why: string): void {
    this.total++;
    if (this.listed.length >= LISTED) return;
    const shown = cell !== null && cell.length > SHOWN ? `${cell.slice(0, SHOWN)}…` : cell;
    this.listed.push({ row, column, cell: shown, why });
  }
}
