import { useId, useState } from 'react';
import { readHistory, readParticipant } from '../../../server/participants/contract.ts';
import { addUnscheduledVisit, listVisits, readWorklist } from '../../../server/visits/contract.ts';
import { newKey, useCall } from '../../api.ts';
import { DayInput } from '../../forms/DayInput.tsx';
import { rich } from '../../language/rich.ts';
import { t } from '../../language/t.ts';
import { useStudyId, useStudyUnder } from '../../session.ts';
import { type Day, localDay } from '../../time.ts';
import { Field } from '../Field.tsx';
import { Late } from '../Late.tsx';
import type { ParticipantView } from '../participant/types.ts';
import { Dialog } from './Dialog.tsx';

interface Props {
  person: ParticipantView;
  today: Day;
  onClose: () => void;
}

/** Adds a visit that the protocol didn't plan: its day, why, and which forms are entered there. */
export default function AddVisit({ person, today, onClose }: Props) {
  const study = useStudyId();
  const id = useId();
  const [key] = useState(newKey);
  const protocol = useStudyUnder(person.studyVersion);
  const add = useCall(addUnscheduledVisit, {
    invalidates: [readParticipant, readHistory, readWorklist, listVisits],
  });
  const [on, setOn] = useState<Day | null>(today);
  const [reason, setReason] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const instruments = protocol.data?.instruments ?? [];
  const from = person.randomised ? localDay(person.randomised.at) : undefined;
  const unfit = on === null || reason.trim().length < 3 || chosen.length === 0;
  const act = () => {
    if (on === null) return;
    // In the order of the protocol, whatever the order of the ticks.
    const asked = instruments.map((one) => one.id).filter((one) => chosen.includes(one));
    add.mutate(
      {
        params: { study, participant: person.code },
        body: { key, on, reason: reason.trim(), instruments: asked },
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog
      title={rich('Unscheduled visit of <code>{participant}</code>', { participant: person.code })}
      act={t('Add the visit')}
      busy={add.isPending || unfit}
      cause={add.error ?? protocol.error}
      onAct={act}
      onClose={onClose}
    >
      <DayInput label={t('Day of the visit')} value={on} onChange={setOn} minDate={from} />
      <Field
        label={t('Reason')}
        value={reason}
        maxLength={500}
        placeholder={t('Why it takes place')}
        hint={t('Assessors read it too: nothing here about the treatment.')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <fieldset>
        <legend className="lab">{t('Forms to enter')}</legend>
        {protocol.isPending && <Late label={t('Loading the forms')} rows={3} />}
        {instruments.map((instrument) => (
          <label key={instrument.id} className="check">
            <input
              type="checkbox"
              name={`${id}-instrument`}
              checked={chosen.includes(instrument.id)}
              onChange={(event) =>
                setChosen(
                  event.currentTarget.checked
                    ? [...chosen, instrument.id]
                    : chosen.filter((one) => one !== instrument.id),
                )
              }
            />
            {instrument.short}
          </label>
        ))}
      </fieldset>
      <p className="small mute">
        {t(
          'It stands beside the planned visits and takes part in no analysis by visit. A visit that was added stays on record.',
        )}
      </p>
    </Dialog>
  );
}
