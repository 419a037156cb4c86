import { IconFileTypeCsv } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../language/t.ts';
import css from './imports.module.css';
import { readCsv, type Sheet } from './readCsv.ts';

export interface Chosen {
  name: string;
  text: string;
  sheet: Sheet;
}

/** The file, chosen or dropped. It is read in the browser; nothing leaves it before the dry run. */
export function FileStep({ chosen, onChoose }: { chosen: Chosen | null; onChoose(chosen: Chosen): void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file) return;
    try {
      const text = await file.text();
      onChoose({ name: file.name, text, sheet: readCsv(text) });
      setProblem(null);
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : String(cause));
    }
  };
  return (
    <section className="card" aria-labelledby="file-title">
      <header>
        <div>
          <h2 id="file-title">{t('1 File')}</h2>
          <p>
            {t(
              'A CSV with one row for each participant. It is read here; nothing is sent before the dry run.',
            )}
          </p>
        </div>
      </header>
      <div className="body">
        <label
          className={css.drop}
          data-over={over || undefined}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            void take(event.dataTransfer.files[0]);
          }}
        >
          <IconFileTypeCsv aria-hidden />
          <span>
            {chosen ? <b>{chosen.name}</b> : <b>{t('Choose a CSV or drop it here')}</b>}
            <small>
              {chosen
                ? t(
                    '{rows, plural, one {# row} other {# rows}}, {columns, plural, one {# column} other {# columns}}',
                    { rows: chosen.sheet.rows.length, columns: chosen.sheet.columns.length },
                  )
                : t('Comma, semicolon, tab or bar between the cells; the first row names the columns')}
            </small>
          </span>
          <span className="btn sm">{chosen ? t('Choose another') : t('Choose file')}</span>
          <input
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={(event) => void take(event.target.files?.[0])}
          />
        </label>
        {problem && (
          <p className="field-error" role="alert">
            {t('{problem} Nothing was sent.', { problem })}
          </p>
        )}
      </div>
    </section>
  );
}
