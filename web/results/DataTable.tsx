import type { ChartCard } from '../../server/results/contract.ts';
import { t } from '../language/t.ts';
import { cellText, decimalsOf } from './cell.ts';
import css from './results.module.css';

/** The numbers of a chart, readable without eyes for colour. */
export function DataTable({ title, table }: { title: string; table: ChartCard['table'] }) {
  const decimals = Object.fromEntries(
    table.columns.map(({ id }) => [id, decimalsOf(table.rows.map((row) => row[id]))]),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
    <section className={css.tableScroll} aria-label={t('{title}, data', { title })} tabIndex={0}>
      <table className="table dense">
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column.id} scope="col" className={column.numeric ? 'num' : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={JSON.stringify(row)}>
              {table.columns.map((column) => (
                <td key={column.id} className={column.numeric ? 'num nowrap' : 'nowrap'}>
                  {cellText(row[column.id], decimals[column.id] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
