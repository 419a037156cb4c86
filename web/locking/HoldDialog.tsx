import { useId, useState } from 'react';
import {
  freezeData,
  listHolds,
  lockData,
  lockReadiness,
  lockStudy,
  participantHolds,
  type Scope,
} from '../../server/locks/contract.ts';
import { newKey, useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useStudyId } from '../session.ts';

interface Props {
  kind: 'freeze' | 'lock';
  scope: Scope;
  label: string;
  /** How much is still open; left out where only the server can tell. */
  open?: number;
  onClose: () => void;
}

/** Freezes or locks a part of the study; what is still open asks for a reason of its own. */
export function HoldDialog({ kind, scope, label, open, onClose }: Props) {
  const study = useStudyId();
  const id = useId();
  const invalidates = [listHolds, lockReadiness, participantHolds];
  const freeze = useCall(freezeData, { invalidates });
  const lock = useCall(lockData, { invalidates });
  const whole = useCall(lockStudy, { invalidates });
  const [key] = useState(newKey);
  const [reason, setReason] = useState('');
  const [override, setOverride] = useState('');
  // Where nobody has counted, the first try tells.
  const needs = kind === 'lock' && (open === undefined ? lock.error !== null : open > 0);
  const act = () => {
    const params = { study };
    const done = { onSuccess: onClose };
    const body = { key, reason, ...(needs && override ? { override } : {}) };
    if (kind === 'freeze') freeze.mutate({ params, body: { key, reason, scope } }, done);
    else if (scope.level === 'study') whole.mutate({ params, body }, done);
    else lock.mutate({ params, body: { ...body, scope } }, done);
  };
  const verb = kind === 'freeze' ? t('Freeze') : t('Lock');
  return (
    <Dialog
      title={`${verb}: ${label}`}
      act={verb}
      busy={freeze.isPending || lock.isPending || whole.isPending || reason.trim().length < 3}
      cause={freeze.error ?? lock.error ?? whole.error}
      onAct={act}
      onClose={onClose}
    >
      <p>
        {kind === 'freeze'
          ? t('Data can’t be changed any more. Queries can still be asked and answered.')
          : t(
              'Nothing can be written any more: no form, event, contact or query. The owner of the study can unlock it.',
            )}
      </p>
      <div>
        <label className="lab" htmlFor={`${id}-reason`}>
          {t('Reason')}
        </label>
        <textarea
          className="inp"
          id={`${id}-reason`}
          rows={2}
          required
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </div>
      {needs && (
        <>
          <p className="note wrn">
            {t('Something is still open')}
            {open !== undefined && ` (${open})`}
            {t('. Settle it first, or say why not.')}
          </p>
          <div>
            <label className="lab" htmlFor={`${id}-override`}>
              {t('Why it is locked all the same')}
            </label>
            <textarea
              className="inp"
              id={`${id}-override`}
              rows={2}
              required
              value={override}
              onChange={(event) => setOverride(event.currentTarget.value)}
            />
          </div>
        </>
      )}
    </Dialog>
  );
}
