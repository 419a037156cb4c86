import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import type { z } from 'zod';
import type { listDoubleEntry } from '../../server/doubleEntry/contract.ts';
import { t } from '../language/t.ts';
import { instrumentShort, siteName, visitLabel } from '../parts/naming.ts';
import { useRowKeys } from '../parts/rowKeys.ts';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { stamp } from '../time.ts';
import { faces } from './words.ts';

type Row = z.infer<NonNullable<(typeof listDoubleEntry)['reply']>>['rows'][number];

/** Forms that are entered twice, each with what this person can do with it. */
export function EntryRows({ rows }: { rows: readonly Row[] }) {
  const view = useStudyView();
  const list = useRef<HTMLTableElement>(null);
  useRowKeys(list);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
    <section className="scroll-x" aria-label={t('Forms entered twice')} tabIndex={0}>
      <table className="table stacks" ref={list}>
        <caption className="vh">{t('Forms that are entered twice, the longest waiting first')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Participant')}</th>
            <th scope="col">{t('Form')}</th>
            <th scope="col">{t('Site')}</th>
            <th scope="col">{t('State')}</th>
            <th scope="col">{t('First entry')}</th>
            <th scope="col">{t('Second entry')}</th>
            <th scope="col">
              <span className="vh">{t('Action')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { icon: Icon, word, tone } = faces[row.state];
            return (
              <tr key={`${row.participant} ${row.visit} ${row.instrument}`}>
                <td>
                  <span className="code">{row.participant}</span>
                </td>
                <td data-label={t('Form')}>
                  {instrumentShort(view, row.instrument)}
                  <span className="small mute">, {visitLabel(view, row.visit)}</span>
                </td>
                <td data-label={t('Site')}>{siteName(view, row.site)}</td>
                <td data-label={t('State')}>
                  <span className={`st ${tone}`}>
                    <Icon className="ic" aria-hidden />
                    {word}
                  </span>
                  {row.state === 'differs' && row.differences !== null && (
                    <span className="small mute">
                      {t(', {fields, plural, one {# field} other {# fields}} to decide', {
                        fields: row.differences,
                      })}
                    </span>
                  )}
                </td>
                <td className="nowrap mute" data-label={t('First entry')}>
                  {stamp(row.firstAt)}
                </td>
                <td className="mute" data-label={row.secondBy ? t('Second entry') : undefined}>
                  {row.secondBy && row.secondAt ? `${row.secondBy}, ${stamp(row.secondAt)}` : ''}
                </td>
                <td className="num">
                  <Act row={row} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Act({ row }: { row: Row }) {
  const study = useStudyId();
  const decides = useMay()('double-entry.adjudicate');
  const { participant, visit, instrument, state } = row;
  const params = { study, participant, visit, instrument };
  if (row.mayEnter)
    return (
      <Link
        className="btn sm"
        data-row
        to="/s/$study/double-entry/$participant/$visit/$instrument/second"
        params={params}
        aria-label={`${state === 'started' ? t('Go on') : t('Enter again')}, ${participant}`}
      >
        {state === 'started' ? t('Go on') : t('Enter again')}
      </Link>
    );
  if (decides && (state === 'differs' || state === 'adjudicated'))
    return (
      <Link
        className={row.mayAdjudicate ? 'btn sm pri' : 'btn sm'}
        data-row
        to="/s/$study/double-entry/$participant/$visit/$instrument"
        params={params}
        aria-label={`${row.mayAdjudicate ? t('Decide') : t('Look')}, ${participant}`}
      >
        {row.mayAdjudicate ? t('Decide') : t('Look')}
      </Link>
    );
  return null;
}
