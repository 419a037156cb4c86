import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { t, translated } from '../language/t.ts';
import { dayRange, fullDay } from '../time.ts';
import { DayInput } from './DayInput.tsx';
import css from './forms.module.css';
import { lateReasons, other, outside, outsideInWords, type VisitWindow } from './window.ts';

interface Props {
  window: VisitWindow;
  /** The day as it stands on the page, kept or not. */
  day: string | null;
  lateReason: string | null;
  today: string;
  readOnly: boolean;
  onDay(day: string | null): void;
  /** Keeps a day outside the window, with the reason for it. */
  onKeep(day: string, reason: string): void;
}

/** When the person was assessed, held against the visit window: a soft check, with the reason right under it. */
export function DateOfAssessment({ window, day, lateReason, today, readOnly, onDay, onKeep }: Props) {
  const words = day === null ? null : outsideInWords(window, day);
  const kept = words !== null && lateReason !== null;
  return (
    <>
      <div className={css.date}>
        <label htmlFor="assessed-on">{t('Date of assessment')}</label>
        {readOnly ? (
          <span>{day ? fullDay(day) : t('Not given')}</span>
        ) : (
          <DayInput
            id="assessed-on"
            value={day}
            onChange={onDay}
            maxDate={today}
            aria-describedby="assessed-window"
          />
        )}
        <small id="assessed-window">
          {words === null &&
            window.opens &&
            window.closes &&
            t('Window {dayRange}', { dayRange: dayRange(window.opens, window.closes) })}
        </small>
      </div>
      {day !== null && words !== null && (
        <div className={`note ${kept ? '' : 'wrn'} ${css.inSheet}`}>
          {kept ? <IconCheck className="ic" aria-hidden /> : <IconAlertTriangle className="ic" aria-hidden />}
          <div className="grow">
            <strong>{words}</strong>{' '}
            {kept
              ? t('Reason: {lateReason}', { lateReason })
              : !readOnly && t('You can keep this date. Give a reason; it becomes a query.')}
            {!kept && !readOnly && <Reason onKeep={(reason) => onKeep(day, reason)} />}
          </div>
        </div>
      )}
      {day !== null && words === null && outside(window, day) === null && day > today && (
        <p className="field-error">{t('This day is in the future.')}</p>
      )}
    </>
  );
}

function Reason({ onKeep }: { onKeep(reason: string): void }) {
  const [reason, setReason] = useState<string>(lateReasons[0]);
  const [detail, setDetail] = useState('');
  const words = [reason === other ? '' : reason, detail.trim()].filter(Boolean).join(': ');
  return (
    <div className={css.reason}>
      <select
        className="inp"
        aria-label={t('Reason')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      >
        {lateReasons.map((one) => (
          <option key={one} value={one}>
            {translated(one)}
          </option>
        ))}
      </select>
      <input
        className={`inp ${css.grow}`}
        aria-label={t('Detail')}
        placeholder={reason === other ? t('What was the reason?') : t('Detail (optional)')}
        maxLength={400}
        value={detail}
        onChange={(event) => setDetail(event.target.value)}
      />
      <button type="button" className="btn sm" disabled={words.length < 3} onClick={() => onKeep(words)}>
        {t('Keep date')}
      </button>
    </div>
  );
}
