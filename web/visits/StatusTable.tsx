import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import type { VisitListRow } from '../../server/visits/contract.ts';
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
    <section className="scroll-x" aria-label="List of visits" tabIndex={0}>
      <table className="table" ref={list}>
        <caption className="vh">Visits by the day on which their window closes</caption>
        <thead>
          <tr>
            <th scope="col">Participant</th>
            <th scope="col">Visit</th>
            <th scope="col" aria-sort="ascending">
              Window
            </th>
            <th scope="col">Booked</th>
            <th scope="col">Forms</th>
            <th scope="col">State</th>
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
              <td>
                <span className="nowrap">{visit.label}</span>
                {visit.unscheduled && <div className="small mute">{visit.unscheduled}</div>}
              </td>
              <td className="nowrap">
                {visit.opens && visit.closes
                  ? visit.opens === visit.closes
                    ? dayRange(visit.opens, visit.closes, today.slice(0, 4)).split(' – ')[1]
                    : dayRange(visit.opens, visit.closes, today.slice(0, 4))
                  : 'Follows randomisation'}
              </td>
              <td className="nowrap">{visit.bookedFor ? appointment(visit.bookedFor) : ''}</td>
              <td className="nowrap">
                {visit.formsDone} of {visit.formsTotal}
              </td>
              <td>
                <span className={`tag ${stateTone[visit.state]}`}>{stateWords[visit.state]}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
