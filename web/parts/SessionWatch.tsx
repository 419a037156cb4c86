import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Session } from '../../server/accounts/contract.ts';
import { onSignedOut } from '../api.ts';
import { t } from '../language/t.ts';
import { resume } from '../offline/resume.ts';
import { sessionQuery } from '../session.ts';
import { lastActivity, useActivity } from './activity.ts';
import { useSilence } from './connection.ts';
import { PasswordForm } from './PasswordForm.tsx';
import { useSignOut } from './useSignOut.ts';

const warnBefore = 120;

let seen: { expiresAt: string; length: number } | null = null;

/**
 * When the session ends, in milliseconds of the epoch. A server that does not answer can't renew it: meanwhile it goes
 * on for its length from the last key or click, so that nobody is locked out of entry by a dead network.
 */
function endOf({ expiresAt }: Session, silent: boolean): number {
  const ends = Date.parse(expiresAt);
  if (seen?.expiresAt !== expiresAt) seen = { expiresAt, length: ends - Date.now() };
  return silent ? Math.max(ends, lastActivity() + seen.length) : ends;
}

/**
 * Two minutes before the session ends, asks whether to stay; a key or a click before that keeps it open
 * without a question. When it has ended, asks for the password over the page, so that nothing
 * typed is lost.
 */
export function SessionWatch({ session }: { session: Session }) {
  const client = useQueryClient();
  const signOut = useSignOut();
  const [ended, setEnded] = useState(false);
  const [now, setNow] = useState(() => Date.now());
  const silent = useSilence() !== null;
  const left = Math.round((endOf(session, silent) - now) / 1000);
  const near = left <= warnBefore;

  useEffect(() => onSignedOut(() => setEnded(true)), []);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), near ? 1000 : 10_000);
    return () => clearInterval(timer);
  }, [near]);

  const stay = async () => {
    await client.refetchQueries(sessionQuery);
    setNow(Date.now());
  };
  useActivity(() => void (near ? undefined : stay()));
  const over = ended || left <= 0;
  if (over) {
    return (
      <Modal
        opened
        onClose={() => undefined}
        withCloseButton={false}
        title={t('Your session has ended')}
        size="sm"
      >
        <p className="small mute" data-session-dialog>
          {t('What you typed is still on the page. Sign in again to go on with it.')}
        </p>
        <PasswordForm
          email={session.user.email}
          onDone={async () => {
            await client.refetchQueries(sessionQuery);
            setEnded(false);
            setNow(Date.now());
            resume();
            await client.refetchQueries({ type: 'active' });
          }}
        />
        <button type="button" className="linklike small" onClick={signOut}>
          {t('Sign in as someone else')}
        </button>
      </Modal>
    );
  }
  return (
    <Modal
      opened={near}
      onClose={() => void stay()}
      withCloseButton={false}
      title={t('Are you still there?')}
      size="sm"
    >
      <p role="timer" data-session-dialog>
        {t('You will be signed out in {floor}:{padStart}. What you typed is kept.', {
          floor: Math.floor(left / 60),
          padStart: String(left % 60).padStart(2, '0'),
        })}
      </p>
      <div className="dialog-acts">
        <button type="button" className="btn" onClick={signOut}>
          {t('Sign out')}
        </button>
        <button type="button" className="btn pri" data-autofocus onClick={() => void stay()}>
          {t('Stay signed in')}
        </button>
      </div>
    </Modal>
  );
}
