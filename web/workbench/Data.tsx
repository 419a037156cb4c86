import { useQuery } from '@tanstack/react-query';
import { type RunView, runFile } from '../../server/analyses/runs/contract.ts';
import { keyOf, takeFile } from '../api.ts';
import { number } from '../language/number.ts';
import { t } from '../language/t.ts';
import { Late } from '../parts/Late.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import css from './workbench.module.css';

/** Rows that a page shows; the file has all of them. */
const MOST = 200;

/** The table that a run analysed, row by row, as it was kept under its hash. */
export function Data({ study, run }: { study: string; run: RunView }) {
  const params = { study, run: run.id, name: 'data.csv' as const };
  const sheet = useQuery({
    queryKey: keyOf(runFile, { params }),
    queryFn: async () => {
      const [{ file }, { readCsv }] = await Promise.all([
        takeFile(runFile, { params, query: {} }),
        import('../imports/readCsv.ts'),
      ]);
      return readCsv(await file.text());
    },
    // What a run analysed never changes, and each reading goes on the audit trail.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (sheet.error) {
    return (
      <div className={css.noCode}>
        <Refusal cause={sheet.error} retry={() => void sheet.refetch()} />
      </div>
    );
  }
  if (!sheet.data) return <Late label={t('Reading the data')} rows={6} height={34} />;
  const { columns, rows } = sheet.data;
  const shown = rows.slice(0, MOST);
  return (
    <>
      <p className={css.dataNote}>
        {t('What run {number} analysed, one row for each participant.', { number: run.number })}{' '}
        {rows.length > shown.length &&
          t('The first {shown} of {rows}; the file has all of them.', {
            shown: number(shown.length),
            rows: number(rows.length),
          })}
      </p>
      <section
        className={css.data}
        aria-label={t('Data of the run')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
        tabIndex={0}
      >
        <table className="table dense">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" className="nowrap">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row[0]}>
                {columns.map((column, index) =>
                  index === 0 ? (
                    <th key={column} scope="row" className="nowrap">
                      {row[index]}
                    </th>
                  ) : (
                    <td key={column} className="nowrap">
                      {row[index] || '–'}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
