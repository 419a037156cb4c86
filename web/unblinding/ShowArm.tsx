import type { openUnblinding } from '../../server/unblinding/contract.ts';
import type { Reply } from '../api.ts';
import { rich } from '../language/rich.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { fullStamp } from '../time.ts';
import css from './unblinding.module.css';

export type Opened = Reply<typeof openUnblinding>;

/** The arm of the one participant, in large letters, with the time it was shown. */
export function ShowArm({ opened, onClose }: { opened: Opened; onClose: () => void }) {
  const { participant, arm, openedAt } = opened;
  return (
    <Dialog
      title={rich('<code>{participant}</code> is unblinded', { participant })}
      act={t('Close and hide the arm')}
      busy={false}
      cause={null}
      onAct={onClose}
      onClose={onClose}
      single
    >
      <div className={css.arm} role="status">
        <p>{t('Allocated to')}</p>
        <p className={css.name}>{said(arm.name)}</p>
        <p>{arm.short}</p>
      </div>
      <p className="small mute">
        {t(
          'Shown {openedAt}, on record with your name and reason. Tell nobody who does not need it for the care of this person.',
          { openedAt: fullStamp(openedAt) },
        )}
      </p>
    </Dialog>
  );
}
