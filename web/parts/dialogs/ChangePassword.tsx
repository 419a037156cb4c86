import { useId, useState } from 'react';
import { changePassword } from '../../../server/accounts/contract.ts';
import { useCall } from '../../api.ts';
import { t } from '../../language/t.ts';
import { Dialog } from './Dialog.tsx';

/** One's own password; every other place where one is signed in is signed out. */
export default function ChangePassword({ onClose }: { onClose: () => void }) {
  const id = useId();
  const change = useCall(changePassword);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  return (
    <Dialog
      title={t('Change your password')}
      act={t('Change the password')}
      busy={change.isPending || current === '' || next.length < 12}
      cause={change.error}
      onAct={() => change.mutate({ body: { current, new: next } }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <div>
        <label className="lab" htmlFor={`${id}-current`}>
          {t('Password now')}
        </label>
        <input
          className="inp"
          id={`${id}-current`}
          type="password"
          required
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-next`}>
          {t('New password')}
        </label>
        <input
          className="inp"
          id={`${id}-next`}
          type="password"
          required
          minLength={12}
          maxLength={128}
          autoComplete="new-password"
          aria-describedby={`${id}-hint`}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <p className="hint" id={`${id}-hint`}>
          {t('At least 12 characters. Everywhere else you are signed out.')}
        </p>
      </div>
    </Dialog>
  );
}
