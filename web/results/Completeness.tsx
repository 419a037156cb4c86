import type { Dashboard } from '../../server/results/contract.ts';
import { percent } from './cell.ts';
import css from './results.module.css';

/** What there is of what there should be. */
export function Completeness({ rows }: { rows: Dashboard['completeness'] }) {
  return (
    <section className={`card ${css.panel} ${css.third}`} aria-label="Completeness">
      <header>
        <div>
          <h2>Completeness</h2>
          <p>Of those randomised or due</p>
        </div>
      </header>
      <div className="body">
        <table className={css.completeness}>
          <thead className="vh">
            <tr>
              <th scope="col">What</th>
              <th scope="col">There, of all</th>
              <th scope="col">Share</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.label}>
                <th scope="row">{row.label}</th>
                <td>
                  {row.count.toLocaleString('en-GB')}/{row.of.toLocaleString('en-GB')}
                </td>
                <td>{percent(row.count, row.of)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
