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
import { rich } from '../../language/rich.ts';
import { t } from '../../language/t.ts';
import { useStudyId, useStudyView } from '../../session.ts';
import type { Day } from '../../time.ts';
import { Dialog } from './Dialog.tsx';

interface Props {
  participant: string;
  today: Day;
  onClose: () => void;
}

/** Treatment start, an intercurrent event or a death; the protocol lists them. */
export default function RecordEvent({ participant, today, onClose }: Props) {
  const study = useStudyId();
  const view = useStudyView();
  const id = useId();
  const record = useCall(recordEvent, {
    invalidates: [readParticipant, readWorklist, readHistory, listParticipants],
  });
  const choices = (view?.document.events ?? []).filter(({ kind }) => kind !== 'withdrawal');
  const [key] = useState(newKey);
  const [event, setEvent] = useState(choices.length === 1 ? (choices[0]?.id ?? '') : '');
  const [on, setOn] = useState<Day | null>(today);
  const [until, setUntil] = useState<Day | null>(null);
  const [detail, setDetail] = useState('');
  const lasts = choices.find(({ id: one }) => one === event)?.kind === 'intercurrent';
  const act = () => {
    if (on === null) return;
    const body = { key, event, on, detail, until: lasts ? until : null };
    record.mutate({ params: { study, participant }, body }, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={rich('Record an event of <code>{participant}</code>', { participant })}
      act={t('Record the event')}
      busy={record.isPending || on === null || event === ''}
      cause={record.error}
      onAct={act}
      onClose={onClose}
    >
      <fieldset>
        <legend className="lab">{t('What happened')}</legend>
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
      <DayInput label={t('On')} value={on} onChange={setOn} maxDate={today} />
      {lasts && (
        <DayInput
          label={t('Until, if it ended')}
          value={until}
          onChange={setUntil}
          maxDate={today}
          clearable
        />
      )}
      <div>
        <label className="lab" htmlFor={`${id}-detail`}>
          {t('Detail')}
        </label>
        <textarea
          className="inp"
          id={`${id}-detail`}
          rows={3}
          maxLength={500}
          value={detail}
          onChange={(change) => setDetail(change.currentTarget.value)}
        />
        <p className="hint">{t('No names or numbers that identify the person.')}</p>
      </div>
    </Dialog>
  );
}
