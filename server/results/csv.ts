import { stringify } from 'csv-stringify/sync';
import type { ResultRow } from '../../analysis/index.ts';
import type { Caller, Services } from '../services.ts';
import { resultRows } from './rows.ts';

const columns: (keyof ResultRow)[] = [
  'outcome',
  'visit',
  'measure',
  'missing',
  'arm',
  'versus',
  'numerator',
  'denominator',
  'estimate',
  'lower',
  'upper',
  'level',
  'method',
  'reason',
];

/** The rows of the results as CSV: numbers in full, an empty cell where there is no number and `reason` says why. */
export async function resultsCsv(
  services: Services,
  caller: Caller,
  query: Parameters<typeof resultRows>[2],
): Promise<string> {
  const { rows } = await resultRows(services, caller, query);
  return stringify(rows, { header: true, columns, record_delimiter: 'windows' });
}
