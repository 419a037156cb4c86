import { IconClock } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { accessTable } from '../../server/access/table.ts';
import { readHistory } from '../../server/participants/contract.ts';
import { listUnblindings, openUnblinding } from '../../server/unblinding/contract.ts';
import { useCall } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { listed } from '../parts/naming.ts';
import { roleLabel, useRoles, useSession, useStudyId } from '../session.ts';
import { clock } from '../time.ts';
import type { Opened } from './ShowArm.tsx';
import { timeLeft } from './timeLeft.ts';
import css from './unblinding.module.css';

const readers = accessTable['unblinding.read'].map((role) => roleLabel[role].toLowerCase());
const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

interface Props {
  participant: string;
  request: { id: string; expiresAt: string; reason: string };
  onOpened: (opened: Opened) => void;
  onClose: () => void;
}

/** Second step: who and what is recorded, how long the step can be taken, and the way back. */
export function OpenUnblinding({ participant, request, onOpened, onClose }: Props) {
  const study = useStudyId();
  const { user } = useSession();
  const roles = useRoles().map((role) => roleLabel[role].toLowerCase());
  const open = useCall(openUnblinding, { invalidates: [readHistory, listUnblindings] });
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const left = timeLeft(request.expiresAt, now);
  return (
    <Dialog
      title={rich('Show the arm of <code>{participant}</code>?', { participant })}
      act={t('Show the arm of {participant}', { participant })}
      danger
      busy={open.isPending || left === null}
      cause={open.error}
      onAct={() =>
        open.mutate({ params: { study, unblinding: request.id } }, { onSuccess: (reply) => onOpened(reply) })
      }
      onClose={onClose}
    >
      <p>
        {t(
          'Step 2 of 2. Your reason is on record; the arm isn’t shown yet. If it is no longer needed, cancel: the record then says that it was not taken.',
        )}
      </p>
      <dl className={css.record}>
        <div>
          <dt>{t('Recorded for')}</dt>
          <dd>
            {user.name}, {roles.join(', ')}
          </dd>
        </div>
        <div>
          <dt>{t('Participant')}</dt>
          <dd className="code">{t('{participant}, and nobody else', { participant })}</dd>
        </div>
        <div>
          <dt>{t('Reason')}</dt>
          <dd>{request.reason}</dd>
        </div>
        <div>
          <dt>{t('Listed for')}</dt>
          <dd>{t('{capital}, without the arm', { capital: capital(listed(readers)) })}</dd>
        </div>
      </dl>
      <p className={`note ${left === null ? 'dng' : ''}`}>
        <IconClock className="ic" aria-hidden />
        <span>
          {left === null
            ? t('The ten minutes are over. Nothing was shown; close this and ask again.')
            : t('Can be taken until {expiresAt}, {left} from now.', {
                expiresAt: clock(request.expiresAt),
                left,
              })}
        </span>
      </p>
    </Dialog>
  );
}
