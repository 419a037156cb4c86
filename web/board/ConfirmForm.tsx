import { IconShieldLock } from '@tabler/icons-react';
import { useState } from 'react';
import { confirmBoard, readBoard, readBoardLog } from '../../server/board/contract.ts';
import { useCall } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { ProofFields } from '../parts/ProofFields.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { useSession } from '../session.ts';
import css from './board.module.css';

/** The sign-in step before closed reports. */
export function ConfirmForm({ study }: { study: string }) {
  const { user, secondFactor } = useSession();
  const confirm = useCall(confirmBoard, { invalidates: [readBoard, readBoardLog] });
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  return (
    <form
      className={css.confirm}
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate(
          { params: { study }, body: { password, ...(code ? { code } : {}) } },
          { onError: () => setPassword('') },
        );
      }}
    >
      <IconShieldLock className="ic" aria-hidden />
      <h2>{t('Sign in once more')}</h2>
      <p>
        {rich(
          'Closed reports show outcomes and harms by arm, each arm behind its letter. Prove that you are <b>{name}</b>; it lasts a quarter of an hour in this session. Every opening is on the access log.',
          { name: user.name },
        )}
      </p>
      <ProofFields password={password} code={code} onPassword={setPassword} onCode={setCode} />
      <Refusal cause={confirm.error} />
      <button
        type="submit"
        className="btn pri"
        disabled={confirm.isPending || password === '' || (secondFactor.on && code === '')}
      >
        {t('Open closed reports')}
      </button>
    </form>
  );
}
