import { useState } from 'react';
import { correctEvent, eventVersions } from '../../server/events/contract.ts';
import { readHistory, readParticipant } from '../../server/participants/contract.ts';
import { readWorklist } from '../../server/visits/contract.ts';
import { useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import type { ParticipantView } from '../parts/participant/types.ts';
import { useStudyId } from '../session.ts';
import type { Day } from '../time.ts';
import { ReasonField, TextField } from './Fields.tsx';

/** Other days, or another detail, of an event; what it was stays as an earlier version. */
export default function CorrectEvent({
  event,
  today,
  onClose,
}: {
  event: ParticipantView['events'][number];
  today: Day;
  onClose: () => void;
}) {
  const study = useStudyId();
  const correct = useCall(correctEvent, {
    invalidates: [readParticipant, readHistory, readWorklist, eventVersions],
  });
  const [on, setOn] = useState<Day | null>(event.on);
  const [until, setUntil] = useState<Day | null>(event.until);
  const [detail, setDetail] = useState(event.detail);
  const [reason, setReason] = useState('');
  return (
    <Dialog
      title={t('Correct: {label}', { label: event.label })}
      act={t('Save the correction')}
      busy={correct.isPending || on === null || reason.trim().length < 3}
      cause={correct.error}
      onAct={() =>
        on !== null &&
        correct.mutate(
          { params: { study, event: event.id }, body: { version: event.version, reason, on, until, detail } },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <div className="two even">
        <DayInput label={t('On')} value={on} onChange={setOn} maxDate={today} />
        {event.kind === 'intercurrent' && (
          <DayInput label={t('Until')} value={until} onChange={setUntil} maxDate={today} clearable />
        )}
      </div>
      <TextField label={t('Detail')} value={detail} onChange={setDetail} most={500} rows={3} />
      <ReasonField value={reason} onChange={setReason} />
    </Dialog>
  );
}
