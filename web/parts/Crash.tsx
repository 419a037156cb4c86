import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Unreachable } from '../api.ts';
import { t } from '../language/t.ts';
import { useSilence } from './connection.ts';
import { Refusal } from './Refusal.tsx';

/** In place of a page that failed: the rest of the shell goes on. One that couldn’t be fetched comes by itself later. */
export function Crash({ error, reset }: { error: unknown; reset?: () => void }) {
  const router = useRouter();
  const away = error instanceof Unreachable;
  const silent = useSilence() !== null;
  const waited = useRef(false);
  const again = () => {
    void router.invalidate();
    reset?.();
  };
  const latest = useRef(again);
  useEffect(() => {
    latest.current = again;
  });
  useEffect(() => {
    if (!away) console.error(error);
  }, [away, error]);
  useEffect(() => {
    if (silent) waited.current = true;
    else if (away && waited.current) latest.current();
  }, [away, silent]);
  return (
    <div className="stack bare">
      <h1>{away ? t('This page is still on the server') : t('This page could not be shown')}</h1>
      {away ? (
        <p className="mute">{t('This page comes as soon as the server answers.')}</p>
      ) : (
        <Refusal cause={error} retry={again} />
      )}
    </div>
  );
}
