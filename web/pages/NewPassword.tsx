import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import {
  askPasswordLink,
  usePasswordLink as renewPassword,
} from '../../server/accounts/forgotten/contract.ts';
import { useCall } from '../api.ts';
import { Field, NewPasswordField } from '../parts/Field.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { SignSheet, tokenOfLink } from '../parts/SignSheet.tsx';

/** A forgotten password: first an e-mail is asked for; its link, `/new-password#token=…`, comes back here. */
export default function NewPassword() {
  const [token] = useState(tokenOfLink);
  return (
    <SignSheet
      title={token === '' ? 'Forgotten password' : 'Choose a new password'}
      footer={<Link to="/sign-in">Back to signing in</Link>}
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
        If there is an account of {email}, a link is on its way. It works once, for an hour.
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
        label="Work e-mail"
        type="email"
        required
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <button type="submit" className="btn pri lg wide" disabled={ask.isPending}>
        Send me a link
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
          Your new password is set, and you are signed out everywhere.
        </p>
        <Link to="/sign-in" className="btn pri lg wide">
          Sign in
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
        label="New password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <button type="submit" className="btn pri lg wide" disabled={renew.isPending}>
        Set the password
      </button>
      <Refusal cause={renew.error} />
    </form>
  );
}
