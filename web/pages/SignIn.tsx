import { LanguageSwitch } from '../language/LanguageSwitch.tsx';
import { t } from '../language/t.ts';
import './sign-in.css';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { readSetup } from '../../server/accounts/contract.ts';
import { useEndpoint } from '../api.ts';
import { DemoSignIns } from '../parts/DemoSignIns.tsx';
import { Mark } from '../parts/Mark.tsx';
import { PasswordForm } from '../parts/PasswordForm.tsx';
import { Silence } from '../parts/Silence.tsx';
import { sessionQuery } from '../session.ts';

/** The way in. On the demonstration server there is one sign-in for each role beside it. */
export default function SignIn() {
  const setup = useEndpoint(readSetup, {}, { staleTime: 60_000 });
  const client = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ strict: false }) as { next?: string };
  useEffect(() => {
    document.title = t('Sign in · Equipoise');
  }, []);
  const enter = async () => {
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== readSetup.id });
    await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
    await navigate({ to: next?.startsWith('/') && !next.startsWith('//') ? next : '/' });
  };
  const demo = setup.data?.demo ?? null;
  return (
    <div className={demo ? 'sign-sheet' : 'sign-sheet alone'}>
      <div className="sign">
        <header className="brand">
          <Mark />
          Equipoise
        </header>
        <main id="main">
          <h1>{t('Sign in')}</h1>
          <p className="ink2">
            {demo ? t('Demonstration study, synthetic data') : t('To the studies that you work on')}
          </p>
          {setup.data?.open && (
            <p className="note wrn">
              {t('This server has no owner yet. Open the set-up link that it printed when it started.')}
            </p>
          )}
          <PasswordForm onDone={enter} />
          {setup.data?.mail && (
            <p className="small">
              <Link to="/new-password">{t('Forgotten your password?')}</Link>
            </p>
          )}
          <p className="small mute">
            {t(
              'Each sign-in and each change is logged with your name. Two minutes before a session ends you are asked, and what you typed is kept.',
            )}
          </p>
          <Silence />
        </main>
        <footer className="small mute row">
          <span className="grow">{t('The owner of a study adds the people who work on it.')}</span>
          <LanguageSwitch />
          <Link to="/api-reference">{t('API reference')}</Link>
        </footer>
      </div>
      {demo && <DemoSignIns sign={demo} onDone={enter} />}
    </div>
  );
}
