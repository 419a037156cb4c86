import type { ImportMapping, ImportReport } from '../../server/imports/contract.ts';
import { t } from '../language/t.ts';
import { Refusal } from '../parts/Refusal.tsx';
import type { Built } from './buildMapping.ts';
import css from './imports.module.css';
import { bringsSomething, Report } from './Report.tsx';

interface Props {
  built: Built;
  report: ImportReport | null;
  failure: unknown;
  running: boolean;
  onRun(mapping: ImportMapping, dryRun: boolean): void;
}

/** Open decisions shown; the next ones come up as these are made. */
const most = 6;

/** The dry run, what it found, and the import once it refused nothing. */
export function RunCard({ built, report, failure, running, onRun }: Props) {
  const mapping = 'mapping' in built ? built.mapping : null;
  const open = 'open' in built ? built.open : [];
  const done = report?.written === true;
  const ready = report !== null && !done && report.refusedTotal === 0 && bringsSomething(report);
  return (
    <section className="card" aria-labelledby="run-title">
      <header>
        <div>
          <h2 id="run-title">{t('3 Dry run, then import')}</h2>
          <p>{t('All or nothing: one refused cell and nothing is written.')}</p>
        </div>
      </header>
      <div className="body stack">
        {open.length > 0 && (
          <ul className={css.open}>
            {open.slice(0, most).map((line) => (
              <li key={line}>{line}</li>
            ))}
            {open.length > most && <li>{t('… and {open} more.', { open: open.length - most })}</li>}
          </ul>
        )}
        {report && <Report report={report} />}
        <Refusal cause={failure} />
        <div className="row wrap">
          <button
            type="button"
            className={`btn ${ready ? '' : 'pri'}`}
            disabled={mapping === null || running || done}
            onClick={() => mapping && onRun(mapping, true)}
          >
            {t('Dry run')}
          </button>
          {ready && mapping && (
            <button
              type="button"
              className="btn pri"
              disabled={running}
              onClick={() => onRun(mapping, false)}
            >
              {t('Import {rows, number} rows', { rows: report.rows })}
            </button>
          )}
        </div>
      </div>
    </section>
  );
}
