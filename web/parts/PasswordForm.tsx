import { useId, useState } from 'react';
import { send } from '../api.ts';
import { Refusal } from './Refusal.tsx';

/** E-mail and password. With `email` given, it asks for the password only. */
export function PasswordForm({ email, onDone }: { email?: string; onDone: () => Promise<void> }) {
  const id = useId();
  const [cause, setCause] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setCause(null);
    try {
      await signIn(email ?? String(fields.get('email')), String(fields.get('password')));
      await onDone();
    } catch (reason) {
      setCause(reason);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="sign-form">
      {email === undefined ? (
        <div>
          <label className="lab" htmlFor={`${id}-email`}>
            Work e-mail
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
          Password
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
      <button type="submit" className="btn pri lg wide" disabled={busy}>
        {busy ? 'Signing in' : 'Sign in'}
      </button>
      <Refusal cause={cause} />
    </form>
  );
}

/** Opens a session, or throws why not. */
export async function signIn(email: string, password: string): Promise<void> {
  await send('/api/auth/sign-in/email', 'post', { email, password });
}
