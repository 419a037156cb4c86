import { IconAlertTriangle } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { readHistory } from '../../server/participants/contract.ts';
import { listUnblindings, requestUnblinding } from '../../server/unblinding/contract.ts';
import { useCall } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useSessionStudy, useStudyId } from '../session.ts';

interface Props {
  participant: string;
  onAsked: (request: { id: string; expiresAt: string; reason: string }) => void;
  onClose: () => void;
}

/** First step: the reason and the participant ID, on record before anything is shown. */
export function AskUnblinding({ participant, onAsked, onClose }: Props) {
  const study = useStudyId();
  const blinded = useSessionStudy()?.blinded ?? false;
  const id = useId();
  const ask = useCall(requestUnblinding, { invalidates: [readHistory, listUnblindings] });
  const [reason, setReason] = useState('');
  const [confirm, setConfirm] = useState('');
  return (
    <Dialog
      title={rich('Emergency unblinding of <code>{participant}</code>', { participant })}
      act={t('Put the reason on record')}
      danger
      busy={ask.isPending || reason.trim().length < 3 || confirm.trim().toUpperCase() !== participant}
      cause={ask.error}
      onAct={() =>
        ask.mutate(
          { params: { study, participant }, body: { confirm: participant, reason } },
          { onSuccess: (request) => onAsked({ ...request, reason: reason.trim() }) },
        )
      }
      onClose={onClose}
    >
      <div className="note wrn">
        <IconAlertTriangle className="ic" aria-hidden />
        <div>
          <strong>{t('Only where the care of this person depends on knowing the treatment.')}</strong>{' '}
          {t('Step 1 of 2: nothing is shown yet.')}
          {blinded &&
            ` ${t('Your role is blinded: afterwards leave the assessments of this person to others.')}`}
        </div>
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-reason`}>
          {t('Reason')}
        </label>
        <textarea
          className="inp"
          id={`${id}-reason`}
          rows={3}
          required
          minLength={3}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <p className="hint">
          {t('Why it can’t wait, and who asked. No names or numbers that identify the person.')}
        </p>
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-confirm`}>
          {t('Type {participant} to confirm', { participant })}
        </label>
        <input
          className="inp code"
          id={`${id}-confirm`}
          required
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          value={confirm}
          onChange={(event) => setConfirm(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}
