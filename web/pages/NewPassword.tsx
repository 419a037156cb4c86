import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import {
  askPasswordLink,
  usePasswordLink as renewPassword,
} from '../../server/accounts/forgotten/contract.ts';
import { useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Field, NewPasswordField } from '../parts/Field.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { SignSheet, tokenOfLink } from '../parts/SignSheet.tsx';

/** A forgotten password: first an e-mail is asked for; its link, `/new-password#token=…`, comes back here. */
export default function NewPassword() {
  const [token] = useState(tokenOfLink);
  return (
    <SignSheet
      title={token === '' ? t('Forgotten password') : t('Choose a new password')}
      footer={<Link to="/sign-in">{t('Back to signing in')}</Link>}
    >
      {token === '' ? <Ask /> : <Renew token={token} />}
    </SignSheet>
  );
}

function Ask() {
  const ask = useCall(askPasswordLink);
  const [email, setEmail] = useState('');
  if (ask.isSuccess)
    return (
      <p className="note" role="status">
        {t('If there is an account of {email}, a link is on its way. It works once, for an hour.', { email })}
      </p>
    );
  return (
    <form
      className="sign-form"
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate({ body: { email } });
      }}
    >
      <Field
        large
        label={t('Work e-mail')}
        type="email"
        required
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <button type="submit" className="btn pri lg wide" disabled={ask.isPending}>
        {t('Send me a link')}
      </button>
      <Refusal cause={ask.error} />
    </form>
  );
}

function Renew({ token }: { token: string }) {
  const renew = useCall(renewPassword);
  const [password, setPassword] = useState('');
  if (renew.isSuccess)
    return (
      <>
        <p className="note" role="status">
          {t('Your new password is set, and you are signed out everywhere.')}
        </p>
        <Link to="/sign-in" className="btn pri lg wide">
          {t('Sign in')}
        </Link>
      </>
    );
  return (
    <form
      className="sign-form"
      onSubmit={(event) => {
        event.preventDefault();
        renew.mutate({ body: { token, password } });
      }}
    >
      <NewPasswordField
        large
        label={t('New password')}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <button type="submit" className="btn pri lg wide" disabled={renew.isPending}>
        {t('Set the password')}
      </button>
      <Refusal cause={renew.error} />
    </form>
  );
}
