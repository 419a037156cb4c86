import { useId, useState } from 'react';
import { eraseIdentity, listIdentities } from '../../../server/identity/contract.ts';
import { useCall } from '../../api.ts';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import { Dialog } from '../dialogs/Dialog.tsx';

interface Props {
  participant: string;
  version: number;
  onErased: () => void;
  onClose: () => void;
}

/** Erasing for good: the participant's ID is typed, with a reason. */
export function EraseIdentity({ participant, version, onErased, onClose }: Props) {
  const id = useId();
  const study = useStudyId();
  const erase = useCall(eraseIdentity, { invalidates: [listIdentities] });
  const [confirm, setConfirm] = useState('');
  const [reason, setReason] = useState('');
  return (
    <Dialog
      title={t('Erase who {participant} is', { participant })}
      act={t('Erase for good')}
      busy={erase.isPending || confirm !== participant || reason.trim().length < 3}
      cause={erase.error}
      onAct={() =>
        erase.mutate(
          { params: { study, participant }, body: { version, confirm, reason } },
          { onSuccess: onErased },
        )
      }
      onClose={onClose}
    >
      <p>{t('The key to this identity is destroyed; nobody can read it again. The research data stay.')}</p>
      <div>
        <label className="lab" htmlFor={`${id}-confirm`}>
          {t('Type {participant}', { participant })}
        </label>
        <input
          className="inp"
          id={`${id}-confirm`}
          value={confirm}
          onChange={(event) => setConfirm(event.currentTarget.value.toUpperCase())}
        />
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-reason`}>
          {t('Reason')}
        </label>
        <input
          className="inp"
          id={`${id}-reason`}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <p className="hint">{t('It stands on the audit trail: no names.')}</p>
      </div>
    </Dialog>
  );
}
