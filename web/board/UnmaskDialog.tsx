import { IconAlertTriangle } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { openUnmasking, readBoardLog, requestUnmasking } from '../../server/board/contract.ts';
import { type Reply, useCall } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useStudyId } from '../session.ts';
import { clock } from '../time.ts';
import css from './board.module.css';

/** Two steps: the reason goes on record, then the letters are shown once. */
export function UnmaskDialog({ code, onClose }: { code: string; onClose: () => void }) {
  const study = useStudyId();
  const id = useId();
  const ask = useCall(requestUnmasking, { invalidates: [readBoardLog] });
  const open = useCall(openUnmasking, { invalidates: [readBoardLog] });
  const [reason, setReason] = useState('');
  const [confirm, setConfirm] = useState('');
  if (open.data) return <Letters shown={open.data} onClose={onClose} />;
  if (ask.data) {
    const { id: unmasking, expiresAt } = ask.data;
    return (
      <Dialog
        title={t('Show which letter stands for which arm?')}
        act={t('Show the arms of all letters')}
        danger
        busy={open.isPending}
        cause={open.error}
        onAct={() => open.mutate({ params: { study, unmasking } })}
        onClose={onClose}
      >
        <p>
          {t(
            'Step 2 of 2. Your reason is on record, and nothing is shown yet. The step can be taken until {at}.',
            {
              at: clock(expiresAt),
            },
          )}
        </p>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t('Unmask the letters')}
      act={t('Put the reason on record')}
      danger
      busy={ask.isPending || reason.trim().length < 3 || confirm.trim() !== code}
      cause={ask.error}
      onAct={() => ask.mutate({ params: { study }, body: { confirm: confirm.trim(), reason } })}
      onClose={onClose}
    >
      <div className="note wrn">
        <IconAlertTriangle className="ic" aria-hidden />
        <div>
          {rich(
            '<b>All arms are unmasked at once, for you and for every later report.</b> Step 1 of 2: nothing is shown yet.',
          )}
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
        <p className="hint">{t('What the board decided, and at which meeting.')}</p>
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-confirm`}>
          {t('Type {code} to confirm', { code })}
        </label>
        <input
          className="inp code"
          id={`${id}-confirm`}
          required
          autoComplete="off"
          spellCheck={false}
          value={confirm}
          onChange={(event) => setConfirm(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}

function Letters({ shown, onClose }: { shown: Reply<typeof openUnmasking>; onClose: () => void }) {
  return (
    <Dialog
      title={t('Letters and arms')}
      act={t('Close')}
      single
      busy={false}
      cause={null}
      onAct={onClose}
      onClose={onClose}
    >
      <dl className={css.letters}>
        {shown.letters.map(({ letter, short, name }) => (
          <div key={letter}>
            <dt>{letter}</dt>
            <dd>
              <strong>{short}</strong> {name}
            </dd>
          </div>
        ))}
      </dl>
      <p className="small mute">{t('Shown once; asking again needs a new reason.')}</p>
    </Dialog>
  );
}
