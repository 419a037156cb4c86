import { IconShieldLock } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { confirmBoard, readBoard, readBoardLog } from '../../server/board/contract.ts';
import { useCall } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { useSession } from '../session.ts';
import css from './board.module.css';

/** The sign-in step before closed reports. */
export function ConfirmForm({ study }: { study: string }) {
  const { user, secondFactor } = useSession();
  const id = useId();
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
      <div>
        <label className="lab" htmlFor={`${id}-password`}>
          {t('Your password')}
        </label>
        <input
          className="inp"
          id={`${id}-password`}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </div>
      {secondFactor.on && (
        <div>
          <label className="lab" htmlFor={`${id}-code`}>
            {t('Code of your authenticator')}
          </label>
          <input
            className="inp"
            id={`${id}-code`}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        </div>
      )}
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
