import type { BoardReport } from '../../server/board/contract.ts';
import { t } from '../language/t.ts';
import { Picture } from '../results/Picture.tsx';
import css from './board.module.css';

type SectionOf = BoardReport['sections'][number];

/** Words, pictures and tables of one part of a report. */
export function Section({ section, dark }: { section: SectionOf; dark: boolean }) {
  const { id, title, text, pictures, tables } = section;
  return (
    <section className={css.section} aria-labelledby={`section-${id}`}>
      <h3 id={`section-${id}`}>{title}</h3>
      {text.map((words) => (
        <p key={words}>{words}</p>
      ))}
      {pictures.map((picture) => (
        <figure key={picture.title}>
          <figcaption>
            <b>{picture.title}.</b> {picture.subtitle}
          </figcaption>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone the picture is wider than its card and scrolls */}
          <section className={css.picture} aria-label={t('{title}, picture', { title })} tabIndex={0}>
            <Picture svg={dark ? picture.dark : picture.light} description={picture.description} />
          </section>
        </figure>
      ))}
      {tables.map((table) => (
        <Table key={table.caption} table={table} of={title} />
      ))}
    </section>
  );
}

function Table({
  table: { caption, columns, rows },
  of,
}: {
  table: SectionOf['tables'][number];
  of: string;
}) {
  const cls = (index: number) => (columns[index]?.numeric ? 'num nowrap' : undefined);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys
    <section className="scroll-x" aria-label={`${of}: ${caption}`} tabIndex={0}>
      <table className={`table dense ${css.table}`}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ label }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are
              <th key={index} scope="col" className={cls(index)}>
                {label === '' ? <span className="vh">{t('What')}</span> : label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a report is frozen
            <tr key={row} className={cells.length === 1 ? 'grp' : undefined}>
              {cells.map((cell, index) =>
                index === 0 ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a report is frozen
                  <th key={index} scope="row" colSpan={cells.length === 1 ? columns.length : 1}>
                    {cell}
                  </th>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a report is frozen
                  <td key={index} className={cls(index)}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
