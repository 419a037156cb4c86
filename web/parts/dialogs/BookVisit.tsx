import { useId, useState } from 'react';
import { readHistory, readParticipant } from '../../../server/participants/contract.ts';
import {
  bookVisit,
  listVisits,
  readBookings,
  readWorklist,
  type VisitView,
} from '../../../server/visits/contract.ts';
import { useCall } from '../../api.ts';
import { DayInput } from '../../forms/DayInput.tsx';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import { type Day, dayRange, shortDay } from '../../time.ts';
import { BookingHistory } from '../../visits/BookingHistory.tsx';
import { Dialog } from './Dialog.tsx';

interface Props {
  participant: string;
  visit: VisitView;
  today: Day;
  onClose: () => void;
}

/** Books or moves an appointment; a day outside the window is allowed, and said. */
export default function BookVisit({ participant, visit, today, onClose }: Props) {
  const study = useStudyId();
  const id = useId();
  const book = useCall(bookVisit, {
    invalidates: [readWorklist, readParticipant, readHistory, readBookings, listVisits],
  });
  const [on, setOn] = useState<Day | null>(visit.bookedFor?.slice(0, 10) ?? firstFree(visit, today));
  const [time, setTime] = useState(visit.bookedFor?.slice(11, 16) ?? '10:00');
  const [reason, setReason] = useState('');
  const unsaid = visit.bookedFor !== null && reason.trim().length < 3;
  const params = { study, participant, visit: visit.visit };
  const save = (bookedFor: string | null) =>
    book.mutate({ params, body: { bookedFor, reason: reason.trim() || undefined } }, { onSuccess: onClose });
  const outside =
    on !== null &&
    ((visit.opens !== null && on < visit.opens) || (visit.closes !== null && on > visit.closes));
  return (
    <Dialog
      title={
        <>
          {visit.bookedFor ? t('Move') : t('Book')} <span className="code">{participant}</span>,{' '}
          {said(visit.label)}
        </>
      }
      act={`${visit.bookedFor ? t('Move') : t('Book')} ${participant}`}
      busy={book.isPending || on === null || time === '' || unsaid}
      cause={book.error}
      onAct={() => save(`${on}T${time}`)}
      onClose={onClose}
    >
      {visit.opens && visit.closes && (
        <p className="small mute">
          {t('Window {dayRange}', { dayRange: dayRange(visit.opens, visit.closes, today.slice(0, 4)) })}
          {visit.target && t(', target {target}', { target: shortDay(visit.target) })}
        </p>
      )}
      <div className="two">
        <DayInput label={t('Day')} value={on} onChange={setOn} />
        <div>
          <label className="lab" htmlFor={`${id}-time`}>
            {t('Time')}
          </label>
          <input
            className="inp"
            id={`${id}-time`}
            value={time}
            inputMode="numeric"
            required
            pattern="([01]\d|2[0-3]):[0-5]\d"
            title={t('Hours and minutes, such as 09:30')}
            placeholder="09:30"
            onChange={(event) => setTime(event.currentTarget.value)}
          />
        </div>
      </div>
      {outside && (
        <p className="note wrn">
          {t('This day is outside the window. The visit can be booked, and its forms will ask why.')}
        </p>
      )}
      {visit.bookedFor && (
        <div>
          <label className="lab" htmlFor={`${id}-reason`}>
            {t('Why it is moved')}
          </label>
          <input
            className="inp"
            id={`${id}-reason`}
            value={reason}
            maxLength={500}
            placeholder={t('Asked for a later day')}
            aria-describedby={`${id}-about`}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <p className="hint" id={`${id}-about`}>
            {t('Assessors read it too: nothing here about the treatment.')}
          </p>
        </div>
      )}
      <BookingHistory participant={participant} visit={visit.visit} />
      {visit.bookedFor && (
        <button type="button" className="linklike small" disabled={unsaid} onClick={() => save(null)}>
          {t('Take the appointment away')}
        </button>
      )}
    </Dialog>
  );
}

/** The target day if it is still to come, otherwise the day that the window opens, otherwise today. */
function firstFree(visit: VisitView, today: Day): Day {
  return [visit.target, visit.opens].find((day) => day !== null && day >= today) ?? today;
}
