import { IconLock, IconSnowflake } from '@tabler/icons-react';
import { useState } from 'react';
import type { Scope } from '../../server/locks/contract.ts';
import { t } from '../language/t.ts';
import { useMay } from '../session.ts';
import { HoldDialog } from './HoldDialog.tsx';
import { offered } from './over.ts';
import { useHolds } from './useHolds.ts';

type Part = Extract<Scope, { participant: string }>;

/** Freeze and lock, for the roles that may, of what is on the screen; not of what is frozen or locked already. */
export function HoldActs({ scope, label }: { scope: Part; label: string }) {
  const may = useMay();
  const { freeze, lock } = offered(useHolds(scope), scope);
  const [asked, setAsked] = useState<'freeze' | 'lock' | null>(null);
  return (
    <>
      {may('locks.freeze') && freeze && (
        <button type="button" className="btn sm" onClick={() => setAsked('freeze')}>
          <IconSnowflake className="ic" aria-hidden />
          {t('Freeze')}
          <span className="vh"> {label}</span>
        </button>
      )}
      {may('locks.lock') && lock && (
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
