import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { runSetup } from '../../server/accounts/contract.ts';
import { useCall } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Field, NewPasswordField } from '../parts/Field.tsx';
import { signIn } from '../parts/PasswordForm.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { SignSheet } from '../parts/SignSheet.tsx';

/** Makes the owner account, once, from the link that the server printed: `/setup#token=…`. */
export default function Setup() {
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token') ?? '');
  const navigate = useNavigate();
  const setup = useCall(runSetup);
  const [cause, setCause] = useState<unknown>(null);
  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name));
    setCause(null);
    try {
      const body = { token, name: text('name'), email: text('email'), password: text('password') };
      await setup.mutateAsync({ body });
      await signIn(body.email, body.password);
      await navigate({ to: '/' });
    } catch (reason) {
      setCause(reason);
    }
  };
  return (
    <SignSheet
      title={t('Make the owner account')}
      footer={t('The link works once. The owner then adds people and gives them their roles.')}
    >
      {token === '' ? (
        <p className="note wrn">
          {rich(
            'This page needs the link that the server printed when it started. Copy it whole, with what stands after the #, or <a>sign in</a> if the account is made.',
            { a: (inner) => <Link to="/sign-in">{inner}</Link> },
          )}
        </p>
      ) : (
        <form className="sign-form" onSubmit={(event) => void submit(event)}>
          <Field
            large
            required
            name="name"
            label={t('Your name')}
            autoComplete="name"
            minLength={2}
            maxLength={80}
          />
          <Field large required name="email" label={t('Work e-mail')} type="email" autoComplete="username" />
          <NewPasswordField large />
          <button type="submit" className="btn pri lg wide" disabled={setup.isPending}>
            {t('Make the owner account')}
          </button>
          <Refusal cause={cause} />
        </form>
      )}
    </SignSheet>
  );
}
