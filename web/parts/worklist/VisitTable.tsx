import { Link } from '@tanstack/react-router';
import { Fragment, useRef, useState } from 'react';
import type { WorklistRow } from '../../../server/visits/contract.ts';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import { type Day, shortDay } from '../../time.ts';
import { useRowKeys } from '../rowKeys.ts';
import { Act, type Asked } from './Act.tsx';
import { type Axis, axisOf } from './axis.ts';
import type { Group } from './grouped.ts';
import { Standing } from './Standing.tsx';
import { daysLeftWords, standingOf } from './standing.ts';
import { AxisHead, WindowBar } from './WindowBar.tsx';

const atFirst = 12;

interface Props {
  groups: readonly Group[];
  today: Day;
  ask: (asked: Asked) => void;
}

/** Open visits by the date their window closes, with the window drawn on a time axis. */
export function VisitTable({ groups, today, ask }: Props) {
  const body = useRef<HTMLTableElement>(null);
  const [all, setAll] = useState(false);
  const axis = axisOf(today);
  useRowKeys(body);
  return (
    <section className="card" aria-label={t('Worklist')}>
      <table className="table worklist" ref={body}>
        <caption className="vh">{t('Visits by the date their window closes')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Participant')}</th>
            <th scope="col">{t('Visit')}</th>
            <th scope="col" className="wc">
              <span className="vh">{t('Window')}</span>
              <AxisHead axis={axis} today={today} />
            </th>
            <th scope="col" aria-sort="ascending">
              {t('Window closes')}
            </th>
            <th scope="col">{t('Forms')}</th>
            <th scope="col">{t('Status')}</th>
            <th scope="col">
              <span className="vh">{t('Action')}</span>
            </th>
          </tr>
        </thead>
        {groups.map(({ id, title, reason, rows }) => {
          const shown = id === 'later' && !all ? rows.slice(0, atFirst) : rows;
          return (
            <tbody key={id}>
              <tr className="grp">
                <th colSpan={7} scope="rowgroup">
                  {title}
                  <span>{reason}</span>
                </th>
              </tr>
              {shown.map((row) => (
                <Fragment key={`${row.participant} ${row.visit.visit}`}>
                  <VisitRow row={row} axis={axis} today={today} ask={ask} />
                </Fragment>
              ))}
              {shown.length < rows.length && (
                <tr className="more">
                  <td colSpan={7}>
                    <button type="button" className="linklike" onClick={() => setAll(true)}>
                      {t('Show the other {rows}', { rows: rows.length - shown.length })}
                    </button>
                  </td>
                </tr>
              )}
            </tbody>
          );
        })}
      </table>
    </section>
  );
}

function VisitRow({
  row,
  axis,
  today,
  ask,
}: {
  row: WorklistRow;
  axis: Axis;
  today: Day;
  ask: (asked: Asked) => void;
}) {
  const study = useStudyId();
  const { visit, participant } = row;
  const late = row.daysLeft < 0;
  return (
    <tr data-key={`${participant} ${visit.visit}`}>
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
      <td className="nowrap">{said(visit.label)}</td>
      <td className="wc">
        <WindowBar visit={visit} axis={axis} today={today} late={late} />
      </td>
      <td className="nowrap">
        <span className={late ? 'st dng' : 'st'}>{daysLeftWords(row.daysLeft)}</span>{' '}
        {visit.closes && <span className="mute small closes">{shortDay(visit.closes)}</span>}
      </td>
      <td className="nowrap">
        {t('{formsDone} of {formsTotal}', { formsDone: visit.formsDone, formsTotal: visit.formsTotal })}{' '}
        <span className="bar" aria-hidden="true">
          <i style={{ width: `${(100 * visit.formsDone) / Math.max(visit.formsTotal, 1)}%` }} />
        </span>
      </td>
      <td>
        <Standing standing={standingOf(row, today)} />
        {row.stopped.includes('treatment') && <span className="tag">{t('Treatment stopped')}</span>}
      </td>
      <td className="num">
        <Act row={row} ask={ask} />
      </td>
    </tr>
  );
}
