import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import type { VisitListRow } from '../../server/visits/contract.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { useRowKeys } from '../parts/rowKeys.ts';
import { useStudyId } from '../session.ts';
import { appointment, dayRange } from '../time.ts';
import { stateTone, stateWords } from './states.ts';

/** Visits with their window, appointment, forms and state; a name leads to the participant. */
export function StatusTable({ rows, today }: { rows: readonly VisitListRow[]; today: string }) {
  const study = useStudyId();
  const list = useRef<HTMLTableElement>(null);
  useRowKeys(list);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys
    <section className="scroll-x" aria-label={t('List of visits')} tabIndex={0}>
      <table className="table stacks" ref={list}>
        <caption className="vh">{t('Visits by the day on which their window closes')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Participant')}</th>
            <th scope="col">{t('Visit')}</th>
            <th scope="col" aria-sort="ascending">
              {t('Window')}
            </th>
            <th scope="col">{t('Booked')}</th>
            <th scope="col">{t('Forms')}</th>
            <th scope="col">{t('State')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ participant, visit }) => (
            <tr key={`${participant} ${visit.visit}`}>
              <td>
                <Link
                  className="code"
                  data-row
                  to="/s/$study/participants/$participant"
                  params={{ study, participant }}
                >
                  {participant}
                </Link>
              </td>
              <td data-label={t('Visit')}>
                <span className="nowrap">{said(visit.label)}</span>
                {visit.unscheduled && <div className="small mute">{visit.unscheduled}</div>}
              </td>
              <td className="nowrap" data-label={t('Window')}>
                {visit.opens && visit.closes
                  ? visit.opens === visit.closes
                    ? dayRange(visit.opens, visit.closes, today.slice(0, 4)).split(' – ')[1]
                    : dayRange(visit.opens, visit.closes, today.slice(0, 4))
                  : t('Follows randomisation')}
              </td>
              <td className="nowrap" data-label={visit.bookedFor ? t('Booked') : undefined}>
                {visit.bookedFor ? appointment(visit.bookedFor) : ''}
              </td>
              <td className="nowrap" data-label={t('Forms')}>
                {t('{formsDone} of {formsTotal}', {
                  formsDone: visit.formsDone,
                  formsTotal: visit.formsTotal,
                })}
              </td>
              <td data-label={t('State')}>
                <span className={`tag ${stateTone[visit.state]}`}>{stateWords[visit.state]}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
