import { IconLock, IconSnowflake } from '@tabler/icons-react';
import { useState } from 'react';
import type { Scope } from '../../server/locks/contract.ts';
import { t } from '../language/t.ts';
import { useMay } from '../session.ts';
import { HoldDialog } from './HoldDialog.tsx';
import { useHolds } from './useHolds.ts';

type Part = Extract<Scope, { participant: string }>;

/** Freeze and lock, for the roles that may, of what is on the screen; not of what is frozen or locked already. */
export function HoldActs({ scope, label }: { scope: Part; label: string }) {
  const may = useMay();
  const over = useHolds(scope).filter((hold) => isOver(hold.scope, scope));
  const locked = over.some(({ kind }) => kind === 'locked');
  const frozen = locked || over.some(({ kind }) => kind === 'frozen');
  const [asked, setAsked] = useState<'freeze' | 'lock' | null>(null);
  return (
    <>
      {may('locks.freeze') && !frozen && (
        <button type="button" className="btn sm" onClick={() => setAsked('freeze')}>
          <IconSnowflake className="ic" aria-hidden />
          {t('Freeze')}
          <span className="vh"> {label}</span>
        </button>
      )}
      {may('locks.lock') && !locked && (
        <button type="button" className="btn sm" onClick={() => setAsked('lock')}>
          <IconLock className="ic" aria-hidden />
          {t('Lock')}
          <span className="vh"> {label}</span>
        </button>
      )}
      {asked && <HoldDialog kind={asked} scope={scope} label={label} onClose={() => setAsked(null)} />}
    </>
  );
}

/** Whether a hold is over the whole of a part, not over something in it only. */
function isOver(hold: Scope, part: Part): boolean {
  return (
    (!('visit' in hold) || ('visit' in part && hold.visit === part.visit)) &&
    (!('instrument' in hold) || ('instrument' in part && hold.instrument === part.instrument))
  );
}
