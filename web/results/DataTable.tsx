import type { ChartCard } from '../../server/results/contract.ts';
import { cellText } from './cell.ts';
import css from './results.module.css';

/** The numbers of a chart, readable without eyes for colour. */
export function DataTable({ title, table }: { title: string; table: ChartCard['table'] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
    <section className={css.tableScroll} aria-label={`${title}, data`} tabIndex={0}>
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
                <td key={column.id} className={column.numeric ? 'num nowrap' : undefined}>
                  {cellText(row[column.id])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
