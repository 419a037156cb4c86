import { useId, useState } from 'react';
import {
  listParticipants,
  readHistory,
  readParticipant,
  recordEvent,
} from '../../../server/participants/contract.ts';
import { readWorklist } from '../../../server/visits/contract.ts';
import { newKey, useCall } from '../../api.ts';
import { DayInput } from '../../forms/DayInput.tsx';
import { useStudyId, useStudyView } from '../../session.ts';
import type { Day } from '../../time.ts';
import { Dialog } from './Dialog.tsx';

interface Props {
  participant: string;
  today: Day;
  /** Only withdrawals, or everything else. */
  withdrawal: boolean;
  onClose: () => void;
}

/** Treatment start, an intercurrent event, a death, or a withdrawal with its reason; the protocol lists them. */
export default function RecordEvent({ participant, today, withdrawal, onClose }: Props) {
  const study = useStudyId();
  const view = useStudyView();
  const id = useId();
  const record = useCall(recordEvent, {
    invalidates: [readParticipant, readWorklist, readHistory, listParticipants],
  });
  const choices = (view?.document.events ?? []).filter(({ kind }) => (kind === 'withdrawal') === withdrawal);
  const losses = view?.document.lossReasons ?? [];
  const [key] = useState(newKey);
  const [event, setEvent] = useState(choices.length === 1 ? (choices[0]?.id ?? '') : '');
  const [on, setOn] = useState<Day | null>(today);
  const [lossReason, setLossReason] = useState('');
  const [detail, setDetail] = useState('');
  const needsReason = withdrawal && losses.length > 0;
  const act = () => {
    if (on === null) return;
    const body = { key, event, on, detail, ...(needsReason ? { lossReason } : {}) };
    record.mutate({ params: { study, participant }, body }, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={
        <>
          {withdrawal ? 'Record a withdrawal of' : 'Record an event of'}{' '}
          <span className="code">{participant}</span>
        </>
      }
      act={withdrawal ? `Withdraw ${participant}` : 'Record the event'}
      danger={withdrawal}
      busy={record.isPending || on === null || event === '' || (needsReason && lossReason === '')}
      cause={record.error}
      onAct={act}
      onClose={onClose}
    >
      <fieldset>
        <legend className="lab">{withdrawal ? 'What stops, and what goes on' : 'What happened'}</legend>
        {choices.map((choice) => (
          <label key={choice.id} className="check">
            <input
              type="radio"
              name={`${id}-event`}
              checked={event === choice.id}
              onChange={() => setEvent(choice.id)}
            />
            {choice.label}
          </label>
        ))}
      </fieldset>
      <DayInput label="On" value={on} onChange={setOn} maxDate={today} />
      {needsReason && (
        <div>
          <label className="lab" htmlFor={`${id}-loss`}>
            Reason
          </label>
          <select
            className="inp"
            id={`${id}-loss`}
            required
            value={lossReason}
            onChange={(change) => setLossReason(change.currentTarget.value)}
          >
            <option value="">Choose a reason</option>
            {losses.map((loss) => (
              <option key={loss.id} value={loss.id}>
                {loss.label}
              </option>
            ))}
          </select>
        </div>
      )}
      <div>
        <label className="lab" htmlFor={`${id}-detail`}>
          Detail
        </label>
        <textarea
          className="inp"
          id={`${id}-detail`}
          rows={3}
          maxLength={500}
          value={detail}
          onChange={(change) => setDetail(change.currentTarget.value)}
        />
        <p className="hint">No names or numbers that identify the person.</p>
      </div>
      {withdrawal && (
        <p className="note wrn">
          What was entered stays and counts. Visits that the withdrawal stops leave the worklist. This can't
          be taken back here.
        </p>
      )}
    </Dialog>
  );
}
