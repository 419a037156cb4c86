import { useEffect } from 'react';
import { t } from '../language/t.ts';
import { Refusal } from './Refusal.tsx';

/** In place of a page that failed: the rest of the shell goes on. */
export function Crash({ error, reset }: { error: unknown; reset?: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <div className="stack bare">
      <h1>{t('This page could not be shown')}</h1>
      <Refusal cause={error} retry={reset ?? (() => location.reload())} />
    </div>
  );
}
