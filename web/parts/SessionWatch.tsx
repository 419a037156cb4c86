import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import type { Session } from '../../server/accounts/contract.ts';
import { onSignedOut } from '../api.ts';
import { resume } from '../offline/resume.ts';
import { sessionQuery } from '../session.ts';
import { lastActivity, useActivity } from './activity.ts';
import { useSilence } from './connection.ts';
import { soon } from './soon.ts';
import { useSignOut } from './useSignOut.ts';

const SessionOver = soon(() => import('./dialogs/SessionOver.tsx'));
const SessionNear = soon(() => import('./dialogs/SessionNear.tsx'));

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
  const again = async () => {
    await client.refetchQueries(sessionQuery);
    setEnded(false);
    setNow(Date.now());
    resume();
    await client.refetchQueries({ type: 'active' });
  };
  return (
    <Suspense>
      {over ? (
        <SessionOver email={session.user.email} onDone={again} onSignOut={signOut} />
      ) : (
        near && <SessionNear left={left} onStay={() => void stay()} onSignOut={signOut} />
      )}
    </Suspense>
  );
}
