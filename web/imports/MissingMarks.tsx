import type { StudyDocument } from '../../server/studies/document.ts';
import { t } from '../language/t.ts';
import type { Decisions } from './buildMapping.ts';
import css from './imports.module.css';
import type { Mark } from './marks.ts';

interface Props {
  marks: readonly Mark[];
  codes: StudyDocument['missing'];
  missing: Decisions['missing'];
  onChange(missing: Record<string, string>): void;
}

/** Marks shown; a file with more has another problem, which the dry run lists cell by cell. */
const most = 12;

/** Empty cells and marks such as NA: each needs the reason that it stands for. */
export function MissingMarks({ marks, codes, missing, onChange }: Props) {
  if (marks.length === 0) return null;
  return (
    <section className={css.marks} aria-labelledby="marks-title">
      <h3 id="marks-title">{t('Cells that are no answer')}</h3>
      <p className="small mute">
        {t(
          'Blank is never missing: say what each stands for. What is left undecided stays blank, or stops the import.',
        )}
      </p>
      <ul className={css.codes}>
        {marks.slice(0, most).map(({ cell, count: times }) => (
          <li key={cell}>
            <span>
              {cell === '' ? <i>{t('empty')}</i> : cell}
              <small>{t('{cells, plural, one {# cell} other {# cells}}', { cells: times })}</small>
            </span>
            <select
              className="inp"
              aria-label={t('What {what} stands for', { what: cell === '' ? t('an empty cell') : cell })}
              value={missing[cell] ?? ''}
              onChange={(event) => {
                const { [cell]: _, ...rest } = missing;
                onChange(event.target.value === '' ? rest : { ...rest, [cell]: event.target.value });
              }}
            >
              <option value="">{cell === '' ? t('Stays blank') : t('Stops the import')}</option>
              {codes.map(({ code, label }) => (
                <option key={code} value={code}>
                  {label}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </section>
  );
}
