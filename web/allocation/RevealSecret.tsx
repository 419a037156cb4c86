import { IconAlertTriangle } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { checkReadiness, readDesign, revealSecret } from '../../server/randomisation/contract.ts';
import { useCall } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useStudyId } from '../session.ts';
import css from './allocation.module.css';

/** Says what becomes final, then asks for the study's id and the reason. */
export function RevealSecret({ onClose }: { onClose: () => void }) {
  const study = useStudyId();
  const id = useId();
  const reveal = useCall(revealSecret, { invalidates: [readDesign, checkReadiness] });
  const [confirm, setConfirm] = useState('');
  const [reason, setReason] = useState('');
  return (
    <Dialog
      title={t('Close randomisation and reveal the secret')}
      act={t('Close for good')}
      danger
      busy={reveal.isPending || confirm.trim() !== study || reason.trim().length < 3}
      cause={reveal.error}
      onAct={() =>
        reveal.mutate({ params: { study }, body: { confirm: study, reason } }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <div className="note wrn">
        <IconAlertTriangle className="ic" aria-hidden />
        <div>
          <strong>{t('This can’t be undone.')}</strong>
          <ul className={css.final}>
            <li>
              {t('Nobody can be randomised in this study any more, by the service or from an envelope.')}
            </li>
            <li>
              {t('The secret goes into every log that is taken from now on; with it arms can be computed.')}
            </li>
            <li>{t('Allocations, their order and their numbers stay as they are.')}</li>
          </ul>
        </div>
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-reason`}>
          {t('Reason')}
        </label>
        <textarea
          className="inp"
          id={`${id}-reason`}
          rows={2}
          required
          minLength={3}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-confirm`}>
          {rich('Type <code>{study}</code> to confirm', { study })}
        </label>
        <input
          className="inp"
          id={`${id}-confirm`}
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={confirm}
          onChange={(event) => setConfirm(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}
