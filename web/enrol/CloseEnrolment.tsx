import { useState } from 'react';
import {
  excludeParticipant,
  listParticipants,
  type ParticipantView,
  readParticipant,
} from '../../server/participants/contract.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { useCall } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Refusal } from '../parts/Refusal.tsx';
import css from './enrol.module.css';

interface Props {
  study: string;
  document: StudyDocument;
  person: ParticipantView;
}

/** Ends enrolment for one of the protocol's reasons; it counts in the flow of the trial. */
export function CloseEnrolment({ study, document, person }: Props) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const exclude = useCall(excludeParticipant, { invalidates: [readParticipant, listParticipants] });
  const reasons = document.screening.exclusionReasons;
  if (person.randomised || reasons.length === 0) return null;
  if (!open) {
    return (
      <p className={`small mute ${css.closing}`}>
        {rich('The person will not take part? <a>Close as not enrolled</a>', {
          a: (inner) => (
            <button type="button" className="linklike small" onClick={() => setOpen(true)}>
              {inner}
            </button>
          ),
        })}
      </p>
    );
  }
  return (
    <div className={css.closing}>
      <label className="lab" htmlFor="exclusion-reason">
        {t('Why {code} is not enrolled', { code: person.code })}
      </label>
      <div className="row wrap">
        <select
          id="exclusion-reason"
          className={`inp ${css.reason}`}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        >
          <option value="">{t('Choose a reason')}</option>
          {reasons.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="btn dng"
          disabled={reason === '' || exclude.isPending}
          onClick={() =>
            exclude.mutate({
              params: { study, participant: person.code },
              body: { version: person.version, reason },
            })
          }
        >
          {t('Close {code}', { code: person.code })}
        </button>
        <button type="button" className="btn quiet" onClick={() => setOpen(false)}>
          {t('Not now')}
        </button>
      </div>
      <Refusal cause={exclude.error} />
    </div>
  );
}
