import type { Dashboard } from '../../server/results/contract.ts';
import { number } from '../language/number.ts';
import { t } from '../language/t.ts';
import { percent } from './cell.ts';
import css from './results.module.css';

/** What there is of what there should be. */
export function Completeness({ rows }: { rows: Dashboard['completeness'] }) {
  return (
    <section className={`card ${css.panel} ${css.third}`} aria-label={t('Completeness')}>
      <header>
        <div>
          <h2>{t('Completeness')}</h2>
          <p>{t('Of those randomised or due')}</p>
        </div>
      </header>
      <div className="body">
        <table className={css.completeness}>
          <thead className="vh">
            <tr>
              <th scope="col">{t('What')}</th>
              <th scope="col">{t('There, of all')}</th>
              <th scope="col">{t('Share')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.label}>
                <th scope="row">{row.label}</th>
                <td>
                  {number(row.count)}/{number(row.of)}
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
