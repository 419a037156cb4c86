import { t } from '../../language/t.ts';
import './identity.css';
import { IconEyeOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { listIdentities, openIdentity } from '../../../server/identity/contract.ts';
import { type Reply, useCall } from '../../api.ts';
import { useStudyId } from '../../session.ts';
import { fullStamp } from '../../time.ts';
import { AskIdentity } from './AskIdentity.tsx';
import { EraseIdentity } from './EraseIdentity.tsx';
import { IdentityFacts } from './IdentityFacts.tsx';
import { IdentityForm } from './IdentityForm.tsx';

type Opened = Reply<typeof openIdentity>;

/** Shown at most so long; then it hides by itself. */
const SHOWN_MS = 120_000;

/** Who a participant is, hidden until somebody asks for a purpose, and hidden again after two minutes. */
export function IdentityTab({ participant }: { participant: string }) {
  const study = useStudyId();
  const look = useCall(openIdentity, { invalidates: [listIdentities] });
  const [opened, setOpened] = useState<Opened | null>(null);
  const [doing, setDoing] = useState<'edit' | 'erase' | null>(null);
  const hide = () => {
    setOpened(null);
    setDoing(null);
    look.reset();
  };
  useEffect(() => {
    if (opened === null || doing !== null) return;
    const timer = setTimeout(() => setOpened(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [opened, doing]);
  if (opened === null)
    return (
      <AskIdentity
        busy={look.isPending}
        cause={look.error}
        onAsk={(purpose, note) =>
          look.mutate({ params: { study, participant }, body: { purpose, note } }, { onSuccess: setOpened })
        }
      />
    );
  return (
    <div className="identity">
      {doing === 'edit' ? (
        <IdentityForm participant={participant} opened={opened} onDone={hide} />
      ) : (
        <>
          {opened.erasedAt !== null ? (
            <p>
              {t('Erased for good on {erasedAt}. The research data are kept.', {
                erasedAt: fullStamp(opened.erasedAt),
              })}
            </p>
          ) : opened.version === 0 ? (
            <p>{t('Nothing is kept yet.')}</p>
          ) : (
            <IdentityFacts identity={opened.identity} />
          )}
          <div className="acts">
            <button type="button" className="btn" onClick={hide}>
              <IconEyeOff className="ic" aria-hidden />
              {t('Hide')}
            </button>
            {opened.mayEdit && opened.erasedAt === null && (
              <button type="button" className="btn" onClick={() => setDoing('edit')}>
                {opened.version === 0 ? t('Enter') : t('Change')}
              </button>
            )}
            {opened.mayEdit && opened.writtenAt !== null && (
              <button type="button" className="btn dng" onClick={() => setDoing('erase')}>
                {t('Erase')}
              </button>
            )}
          </div>
        </>
      )}
      {doing === 'erase' && (
        <EraseIdentity
          participant={participant}
          version={opened.version}
          onErased={hide}
          onClose={() => setDoing(null)}
        />
      )}
    </div>
  );
}
