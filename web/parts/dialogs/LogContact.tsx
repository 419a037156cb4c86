import { useId, useState } from 'react';
import { logContact, readHistory, readParticipant } from '../../../server/participants/contract.ts';
import { readWorklist } from '../../../server/visits/contract.ts';
import { newKey, useCall } from '../../api.ts';
import { DayInput } from '../../forms/DayInput.tsx';
import { rich } from '../../language/rich.ts';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import type { Day } from '../../time.ts';
import { contactWord } from '../status.ts';
import { Dialog } from './Dialog.tsx';

type Outcome = keyof typeof contactWord;

/** An attempt to reach a participant: when, how it ended, a note. */
export default function LogContact({
  participant,
  today,
  onClose,
}: {
  participant: string;
  today: Day;
  onClose: () => void;
}) {
  const study = useStudyId();
  const id = useId();
  const log = useCall(logContact, { invalidates: [readWorklist, readParticipant, readHistory] });
  const [key] = useState(newKey);
  const [on, setOn] = useState<Day | null>(today);
  const [outcome, setOutcome] = useState<Outcome>('reached');
  const [note, setNote] = useState('');
  const act = () => {
    if (on === null) return;
    log.mutate({ params: { study, participant }, body: { key, on, outcome, note } }, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={rich('Log contact with <code>{participant}</code>', { participant })}
      act={t('Log contact')}
      busy={log.isPending || on === null}
      cause={log.error}
      onAct={act}
      onClose={onClose}
    >
      <DayInput label={t('On')} value={on} onChange={setOn} maxDate={today} />
      <fieldset>
        <legend className="lab">{t('Outcome', { sense: 'contact' })}</legend>
        <div className="choices">
          {(Object.keys(contactWord) as Outcome[]).map((one) => (
            <label key={one} className="check">
              <input
                type="radio"
                name={`${id}-outcome`}
                checked={outcome === one}
                onChange={() => setOutcome(one)}
              />
              {contactWord[one]}
            </label>
          ))}
        </div>
      </fieldset>
      <div>
        <label className="lab" htmlFor={`${id}-note`}>
          {t('Note')}
        </label>
        <textarea
          className="inp"
          id={`${id}-note`}
          rows={3}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <p className="hint">{t('No names or numbers that identify the person.')}</p>
      </div>
    </Dialog>
  );
}
