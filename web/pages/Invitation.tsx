import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  acceptInvitation,
  joinByInvitation,
  readInvitation,
} from '../../server/accounts/invitations/contract.ts';
import { call, type Reply, useCall } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Field, NewPasswordField } from '../parts/Field.tsx';
import { Late } from '../parts/Late.tsx';
import { PasswordForm, signIn } from '../parts/PasswordForm.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { SignSheet, tokenOfLink } from '../parts/SignSheet.tsx';
import { roleLabel, sessionQuery } from '../session.ts';
import { fullDay, localDay } from '../time.ts';

type Invited = Reply<typeof readInvitation>;

/** What a one-time link invites to, and how to accept: `/invitation#token=…`. */
export default function Invitation() {
  const [token] = useState(tokenOfLink);
  const read = useQuery({
    queryKey: [readInvitation.id, token],
    queryFn: () => call(readInvitation, { body: { token } }),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <SignSheet title={t('Invitation')} footer={t('The link works once, for whom it was sent to.')}>
      {token === '' ? (
        <p className="note wrn">
          {t('This page needs the link of the invitation. Copy it whole, with what stands after the #.')}
        </p>
      ) : read.data ? (
        <Accept invited={read.data} token={token} />
      ) : read.error ? (
        <Refusal cause={read.error} />
      ) : (
        <Late label={t('Reading the invitation')} rows={3} />
      )}
    </SignSheet>
  );
}

function Accept({ invited, token }: { invited: Invited; token: string }) {
  const { study, role, site, email, hasAccount, expiresAt } = invited;
  return (
    <>
      <p className="ink2">
        {rich('You are invited to <b>{study}</b> as {roleLabel}', {
          study,
          roleLabel: roleLabel[role].toLowerCase(),
        })}
        {site ? ` at ${site}` : ''}
        {t(', until {expiresAt}.', { expiresAt: fullDay(localDay(expiresAt)) })}
      </p>
      {hasAccount ? <Join email={email} token={token} /> : <Make invited={invited} token={token} />}
    </>
  );
}

function useEnter() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (study: string) => {
    await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
    await navigate({ to: '/s/$study', params: { study } });
  };
}

/** Somebody new: name and password make the account. */
function Make({ invited, token }: { invited: Invited; token: string }) {
  const accept = useCall(acceptInvitation);
  const enter = useEnter();
  const [name, setName] = useState(invited.name);
  const [password, setPassword] = useState('');
  const [cause, setCause] = useState<unknown>(null);
  const submit = async () => {
    setCause(null);
    try {
      const { email, study } = await accept.mutateAsync({ body: { token, name, password } });
      await signIn(email, password);
      await enter(study);
    } catch (reason) {
      setCause(reason);
    }
  };
  return (
    <form
      className="sign-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field
        large
        label={t('Work e-mail')}
        type="email"
        readOnly
        autoComplete="username"
        value={invited.email}
      />
      <Field
        large
        label={t('Your name')}
        required
        minLength={2}
        maxLength={80}
        autoComplete="name"
        hint={t('As it stands beside what you enter.')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NewPasswordField large value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
      <button type="submit" className="btn pri lg wide" disabled={accept.isPending}>
        {t('Accept the invitation')}
      </button>
      <Refusal cause={cause} />
    </form>
  );
}

/** Somebody who works here already: signing in is enough. */
function Join({ email, token }: { email: string; token: string }) {
  const join = useCall(joinByInvitation);
  const enter = useEnter();
  return (
    <>
      <p className="note">
        {rich('There is an account of {email}. Sign in to it to accept. <a>Forgotten the password?</a>', {
          email,
          a: (inner) => <Link to="/new-password">{inner}</Link>,
        })}
      </p>
      <PasswordForm
        email={email}
        onDone={async () => {
          const { study } = await join.mutateAsync({ body: { token } });
          await enter(study);
        }}
      />
    </>
  );
}
