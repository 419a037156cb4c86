import { IconLock, IconSnowflake } from '@tabler/icons-react';
import { useState } from 'react';
import type { Scope } from '../../server/locks/contract.ts';
import { useMay } from '../session.ts';
import { HoldDialog } from './HoldDialog.tsx';

/** Freeze and lock, for the roles that may, of what is on the screen. */
export function HoldActs({ scope, label }: { scope: Scope; label: string }) {
  const may = useMay();
  const [asked, setAsked] = useState<'freeze' | 'lock' | null>(null);
  return (
    <>
      {may('locks.freeze') && (
        <button type="button" className="btn sm" onClick={() => setAsked('freeze')}>
          <IconSnowflake className="ic" aria-hidden />
          Freeze<span className="vh"> {label}</span>
        </button>
      )}
      {may('locks.lock') && (
        <button type="button" className="btn sm" onClick={() => setAsked('lock')}>
          <IconLock className="ic" aria-hidden />
          Lock<span className="vh"> {label}</span>
        </button>
      )}
      {asked && <HoldDialog kind={asked} scope={scope} label={label} onClose={() => setAsked(null)} />}
    </>
  );
}
