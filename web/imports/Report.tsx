import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ImportReport } from '../../server/imports/contract.ts';
import { t } from '../language/t.ts';
import css from './imports.module.css';

/** Whether an import would write anything: what is on record already is left alone. */
export const bringsSomething = (report: ImportReport): boolean => report.participants + report.answers > 0;

/** What a run found: how much fits, and every cell that does not, with the reason. */
export function Report({ report }: { report: ImportReport }) {
  const { refused, refusedTotal, written } = report;
  const fits = t(
    '{rows, plural, one {# row} other {# rows}}, {participants, plural, one {# participant} other {# participants}}, {answers, plural, one {# answer} other {# answers}}',
    { rows: report.rows, participants: report.participants, answers: report.answers },
  );
  if (refusedTotal === 0 && !written && !bringsSomething(report)) {
    return (
      <div className="note" role="status">
        <IconCircleCheck className="ic" aria-hidden />
        <div>
          <strong>{t('Nothing new.')}</strong>{' '}
          {t('All {rows, plural, one {# row} other {# rows}} are on record already, with the same answers.', {
            rows: report.rows,
          })}
        </div>
      </div>
    );
  }
  if (refusedTotal === 0) {
    return (
      <div className="note ok" role="status">
        <IconCircleCheck className="ic" aria-hidden />
        <div>
          <strong>{written ? t('Imported.') : t('Everything fits.')}</strong> {fits}.{' '}
          {report.queries > 0 && `${askedInWords(report)} `}
          {written ? t('It stands in the audit trail.') : t('Nothing has been written yet.')}
        </div>
      </div>
    );
  }
  return (
    <>
      <div className="note wrn" role="status">
        <IconAlertTriangle className="ic" aria-hidden />
        <div>
          <strong>
            {t('{cellsAre, plural, one {# cell is} other {# cells are}} refused.', {
              cellsAre: refusedTotal,
            })}
          </strong>{' '}
          {t(
            'Nothing is written until all of them are mended, in the file or in the mapping. Read: {fits}.',
            { fits },
          )}
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard */}
      <section className={css.refused} aria-label={t('Refused cells')} tabIndex={0}>
        <table className="table dense">
          <thead>
            <tr>
              <th scope="col" className="num">
                {t('Row')}
              </th>
              <th scope="col">{t('Column')}</th>
              <th scope="col">{t('Cell')}</th>
              <th scope="col">{t('Why')}</th>
            </tr>
          </thead>
          <tbody>
            {refused.map((one) => (
              <tr key={`${one.row} ${one.column} ${one.why}`}>
                <td className="num">{one.row}</td>
                <td>{one.column ?? ''}</td>
                <td className="mono">{one.cell === '' ? t('empty') : one.cell}</td>
                <td>{one.why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {refusedTotal > refused.length && (
        <p className="small mute">
          {t('The first {refused, number} of {refusedTotal, number} are listed.', {
            refused: refused.length,
            refusedTotal,
          })}
        </p>
      )}
    </>
  );
}

const askedInWords = ({ written, queries }: ImportReport): string =>
  written
    ? t('{queries, plural, one {# query was} other {# queries were}} opened on unusual answers and days.', {
        queries,
      })
    : t('{queries, plural, one {# query} other {# queries}} will open on unusual answers and days.', {
        queries,
      });
