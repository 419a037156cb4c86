import { t } from '../language/t.ts';
import css from './imports.module.css';

interface Props {
  column: string;
  cells: readonly string[];
  options: readonly { value: string; label: string }[];
  codes: Readonly<Record<string, string>>;
  onChange(codes: Record<string, string>): void;
}

/** More different cells than this are no codes; the column was mapped to the wrong thing. */
const most = 20;

/** What each cell of a coded column means. */
export function CodeTable({ column, cells, options, codes, onChange }: Props) {
  if (cells.length > most) {
    return (
      <p className="field-error">
        {t('{cells} different cells: this does not look like a column of {options} codes.', {
          cells: cells.length,
          options: options.length,
        })}
      </p>
    );
  }
  return (
    <ul className={css.codes}>
      {cells.map((cell) => (
        <li key={cell}>
          <span>{cell}</span>
          <select
            className="inp"
            aria-label={t('What {cell} in {column} means', { cell, column })}
            value={codes[cell] ?? ''}
            onChange={(event) => {
              const { [cell]: _, ...rest } = codes;
              onChange(event.target.value === '' ? rest : { ...rest, [cell]: event.target.value });
            }}
          >
            <option value="">{t('Not decided')}</option>
            {options.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </li>
      ))}
    </ul>
  );
}
