import { IconAlertTriangle } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { readHistory } from '../../server/participants/contract.ts';
import { listUnblindings, requestUnblinding } from '../../server/unblinding/contract.ts';
import { useCall } from '../api.ts';
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
      title={
        <>
          Emergency unblinding of <span className="code">{participant}</span>
        </>
      }
      act="Put the reason on record"
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
          <strong>Only where the care of this person depends on knowing the treatment.</strong> Step 1 of 2:
          nothing is shown yet.
          {blinded && ' Your role is blinded: afterwards leave the assessments of this person to others.'}
        </div>
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-reason`}>
          Reason
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
          Why it can’t wait, and who asked. No names or numbers that identify the person.
        </p>
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-confirm`}>
          Type {participant} to confirm
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
