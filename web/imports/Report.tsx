import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ImportReport } from '../../server/imports/contract.ts';
import { count } from '../time.ts';
import css from './imports.module.css';

/** Whether an import would write anything: what is on record already is left alone. */
export const bringsSomething = (report: ImportReport): boolean => report.participants + report.answers > 0;

/** What a run found: how much fits, and every cell that does not, with the reason. */
export function Report({ report }: { report: ImportReport }) {
  const { refused, refusedTotal, written } = report;
  const fits = `${count(report.rows, 'row')}, ${count(report.participants, 'participant')}, ${count(report.answers, 'answer')}`;
  if (refusedTotal === 0 && !written && !bringsSomething(report)) {
    return (
      <div className="note" role="status">
        <IconCircleCheck className="ic" aria-hidden />
        <div>
          <strong>Nothing new.</strong> All {count(report.rows, 'row')} are on record already, with the same
          answers.
        </div>
      </div>
    );
  }
  if (refusedTotal === 0) {
    return (
      <div className="note ok" role="status">
        <IconCircleCheck className="ic" aria-hidden />
        <div>
          <strong>{written ? 'Imported.' : 'Everything fits.'}</strong> {fits}.{' '}
          {written ? 'It stands in the audit trail.' : 'Nothing has been written yet.'}
        </div>
      </div>
    );
  }
  return (
    <>
      <div className="note wrn" role="status">
        <IconAlertTriangle className="ic" aria-hidden />
        <div>
          <strong>{count(refusedTotal, 'cell is', 'cells are')} refused.</strong> Nothing is written until all
          of them are mended, in the file or in the mapping. Read: {fits}.
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard */}
      <section className={css.refused} aria-label="Refused cells" tabIndex={0}>
        <table className="table dense">
          <thead>
            <tr>
              <th scope="col" className="num">
                Row
              </th>
              <th scope="col">Column</th>
              <th scope="col">Cell</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {refused.map((one) => (
              <tr key={`${one.row} ${one.column} ${one.why}`}>
                <td className="num">{one.row}</td>
                <td>{one.column ?? ''}</td>
                <td className="mono">{one.cell === '' ? 'empty' : one.cell}</td>
                <td>{one.why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {refusedTotal > refused.length && (
        <p className="small mute">
          The first {refused.length.toLocaleString('en-GB')} of {refusedTotal.toLocaleString('en-GB')} are
          listed.
        </p>
      )}
    </>
  );
}
