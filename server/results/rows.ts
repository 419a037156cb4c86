import { stringify } from 'csv-stringify/sync';
import { analyse, type ResultRow } from '../../analysis/index.ts';
import type { ResultsQuery } from './contract.ts';
import { datasetFrom } from './dataset.ts';
import { materialOf } from './material.ts';
import { planOf } from './plan.ts';
import { reach } from './reach.ts';
import type { Reader } from './reader.ts';

export type RowsQuery = Pick<ResultsQuery, 'site' | 'population'>;

/** Every estimate behind the dashboard; pooled over the arms, or by letter, for a blinded reader. */
export async function rowsOf(
  reader: Reader,
  query: RowsQuery,
): Promise<{ asOf: string; masked: boolean; rows: ResultRow[] }> {
  const { study, people, arms, showing, until } = reader;
  if (reader.smallest !== null) {
    const asked = { ...query, missing: 'observed', layout: 'wide' } as const;
    const { rows, masked } = await materialOf(reader, asked);
    return { asOf: until ?? study.changedAt, masked, rows: [...rows] };
  }
  const dataset = datasetFrom(study, people, arms, reach(reader, query.site));
  const plan = planOf(study, query.population);
  return {
    asOf: until ?? study.changedAt,
    masked: showing !== 'open',
    rows: analyse(dataset, showing === 'open' ? plan : { ...plan, contrasts: [] }),
  };
}

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
export async function rowsCsvOf(reader: Reader, query: RowsQuery): Promise<string> {
  const { rows } = await rowsOf(reader, query);
  const shown = rows.map((row) =>
    row.hidden === undefined ? row : { ...row, numerator: row.hidden, denominator: row.hidden },
  );
  return stringify(shown, { header: true, columns, record_delimiter: 'windows' });
}
