import { useState } from 'react';
import {
  excludeParticipant,
  listParticipants,
  type ParticipantView,
  readParticipant,
} from '../../server/participants/contract.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { useCall } from '../api.ts';
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
        The person will not take part?{' '}
        <button type="button" className="linklike small" onClick={() => setOpen(true)}>
          Close as not enrolled
        </button>
      </p>
    );
  }
  return (
    <div className={css.closing}>
      <label className="lab" htmlFor="exclusion-reason">
        Why {person.code} is not enrolled
      </label>
      <div className="row wrap">
        <select
          id="exclusion-reason"
          className={`inp ${css.reason}`}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        >
          <option value="">Choose a reason</option>
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
          Close {person.code}
        </button>
        <button type="button" className="btn quiet" onClick={() => setOpen(false)}>
          Not now
        </button>
      </div>
      <Refusal cause={exclude.error} />
    </div>
  );
}
