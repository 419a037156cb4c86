import { useId, useState } from 'react';
import { readHistory, readParticipant } from '../../../server/participants/contract.ts';
import { readWorklist, resolveAlert } from '../../../server/visits/contract.ts';
import { useCall } from '../../api.ts';
import { rich } from '../../language/rich.ts';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import type { Alert } from '../worklist/SafetyBanner.tsx';
import { Dialog } from './Dialog.tsx';

/** What was done about a safety alert: the protocol's steps, and an account of it. The alert then leaves the worklist. */
export default function ResolveAlert({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const study = useStudyId();
  const id = useId();
  const resolve = useCall(resolveAlert, { invalidates: [readWorklist, readParticipant, readHistory] });
  const [done, setDone] = useState<string[]>([]);
  const [note, setNote] = useState('');
  const act = () =>
    resolve.mutate({ params: { study, alert: alert.id }, body: { done, note } }, { onSuccess: onClose });
  return (
    <Dialog
      title={rich('Safety alert, <code>{participant}</code>', { participant: alert.participant })}
      act={t('Record and close the alert')}
      busy={resolve.isPending || note.trim().length < 3}
      cause={resolve.error}
      onAct={act}
      onClose={onClose}
    >
      <fieldset>
        <legend className="lab">{t('The protocol asks for these steps. Which were done?')}</legend>
        {alert.steps.map((step) => (
          <label key={step} className="check">
            <input
              type="checkbox"
              checked={done.includes(step)}
              onChange={(event) =>
                setDone(
                  event.currentTarget.checked ? [...done, step] : done.filter((other) => other !== step),
                )
              }
            />
            {said(step)}
          </label>
        ))}
      </fieldset>
      <div>
        <label className="lab" htmlFor={`${id}-note`}>
          {t('What was done, by whom and when')}
        </label>
        <textarea
          className="inp"
          id={`${id}-note`}
          rows={4}
          minLength={3}
          maxLength={1000}
          required
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}
