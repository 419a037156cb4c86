import { IconAlertTriangle } from '@tabler/icons-react';
import { openUnmasking, readBoardLog, requestUnmasking } from '../../server/board/contract.ts';
import { type Reply, useCall } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { ReasonDialog } from '../parts/dialogs/ReasonDialog.tsx';
import { useStudyId } from '../session.ts';
import { clock } from '../time.ts';
import css from './board.module.css';

/** Two steps: the reason goes on record, then the letters are shown once. */
export function UnmaskDialog({ code, onClose }: { code: string; onClose: () => void }) {
  const study = useStudyId();
  const ask = useCall(requestUnmasking, { invalidates: [readBoardLog] });
  const open = useCall(openUnmasking, { invalidates: [readBoardLog] });
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
    <ReasonDialog
      title={t('Unmask the letters')}
      act={t('Put the reason on record')}
      danger
      busy={ask.isPending}
      cause={ask.error}
      hint={t('What the board decided, and at which meeting.')}
      confirm={code}
      onAct={(reason) => ask.mutate({ params: { study }, body: { confirm: code, reason } })}
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
    </ReasonDialog>
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
