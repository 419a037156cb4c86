import { Fragment, useMemo } from 'react';
import { t } from '../language/t.ts';
import { hunksOf, lineDifference } from './lines.ts';
import css from './protocol.module.css';

/** Two texts line by line, as a reader of patches knows it: − what was, + what is. */
export function RawDifference({ before, after, label }: { before: string; after: string; label: string }) {
  const hunks = useMemo(() => hunksOf(lineDifference(before, after)), [before, after]);
  if (!hunks.some((hunk) => 'lines' in hunk))
    return <p className="small mute">{t('Both are the same, line by line.')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys
    <section className={css.raw} aria-label={label} tabIndex={0}>
      <table>
        <caption className="vh">{label}</caption>
        <thead className="vh">
          <tr>
            <th scope="col">{t('Line before')}</th>
            <th scope="col">{t('Line after')}</th>
            <th scope="col">{t('Change', { sense: 'noun' })}</th>
            <th scope="col">{t('Text')}</th>
          </tr>
        </thead>
        <tbody>
          {hunks.map((hunk, index) =>
            'left' in hunk ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the difference of two texts never changes its order
              <tr key={index} className={css.left}>
                <td colSpan={4}>
                  {t('{lines, plural, one {# line} other {# lines}} the same', { lines: hunk.left })}
                </td>
              </tr>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the difference of two texts never changes its order
              <Fragment key={index}>
                {hunk.lines.map(({ before: old, after: next, text }) => (
                  <tr
                    key={`${old} ${next}`}
                    data-change={next === null ? 'gone' : old === null ? 'new' : undefined}
                  >
                    <td className={css.at}>{old}</td>
                    <td className={css.at}>{next}</td>
                    <td className={css.sign}>
                      {next === null ? (
                        <span role="img" aria-label={t('Taken away')}>
                          −
                        </span>
                      ) : (
                        old === null && (
                          <span role="img" aria-label={t('Put in')}>
                            +
                          </span>
                        )
                      )}
                    </td>
                    <td>{text}</td>
                  </tr>
                ))}
              </Fragment>
            ),
          )}
        </tbody>
      </table>
    </section>
  );
}
