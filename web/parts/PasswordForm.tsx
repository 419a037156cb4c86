import { useId, useState } from 'react';
import { signIn as open } from '../../server/accounts/contract.ts';
import { call } from '../api.ts';
import { t } from '../language/t.ts';
import { CodeField } from './Field.tsx';
import { Refusal } from './Refusal.tsx';

interface Props {
  email?: string;
  onDone: () => Promise<void>;
}

/** E-mail and password, then the code where the account has a second factor. With `email` given, it isn't asked. */
export function PasswordForm({ email, onDone }: Props) {
  const id = useId();
  const [cause, setCause] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  /** Right already, and waiting for the code. */
  const [first, setFirst] = useState<{ email: string; password: string } | null>(null);
  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name));
    const given = first ?? { email: email ?? text('email'), password: text('password') };
    setBusy(true);
    setCause(null);
    try {
      const next = await signIn(given.email, given.password, first ? text('code') : undefined);
      if (next === 'code') setFirst(given);
      else await onDone();
    } catch (reason) {
      setCause(reason);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form key={first ? 'code' : 'password'} onSubmit={(event) => void submit(event)} className="sign-form">
      {first ? (
        <CodeField large autoFocus />
      ) : (
        <>
          {email === undefined ? (
            <div>
              <label className="lab" htmlFor={`${id}-email`}>
                {t('Work e-mail')}
              </label>
              <input
                className="inp lg"
                id={`${id}-email`}
                name="email"
                type="email"
                required
                autoComplete="username"
              />
            </div>
          ) : (
            <input type="hidden" name="username" autoComplete="username" value={email} />
          )}
          <div>
            <label className="lab" htmlFor={`${id}-password`}>
              {t('Password')}
            </label>
            <input
              className="inp lg"
              id={`${id}-password`}
              name="password"
              type="password"
              required
              autoComplete="current-password"
            />
          </div>
        </>
      )}
      <button type="submit" className="btn pri lg wide" disabled={busy}>
        {busy ? t('Signing in') : first ? t('Confirm') : t('Sign in')}
      </button>
      {first && (
        <button type="button" className="linklike small" onClick={() => setFirst(null)}>
          {t('Begin again')}
        </button>
      )}
      <Refusal cause={cause} />
    </form>
  );
}

/** Opens a session, or throws why not. @returns `code` when nothing is open until a code is given too */
export async function signIn(email: string, password: string, code?: string): Promise<'code' | null> {
  const { next } = await call(open, { body: { email, password, ...(code && { code }) } });
  return next;
}
