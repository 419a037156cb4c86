import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { endOtherSessions, endSession, readAccount } from '../../server/accounts/sessions/contract.ts';
import { type Reply, useCall } from '../api.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { fullStamp } from '../time.ts';

type Session = Reply<typeof readAccount>['sessions'][number];

/** Everywhere that one is signed in. */
export function Sessions({ sessions }: { sessions: readonly Session[] }) {
  const end = useCall(endSession, { invalidates: [readAccount] });
  const endOthers = useCall(endOtherSessions, { invalidates: [readAccount] });
  return (
    <section className="card" aria-labelledby="sessions">
      <div className="body stack">
        <div className="row wrap">
          <div className="grow">
            <h2 id="sessions">{t('Where you are signed in')}</h2>
            <p className="ink2">
              {t(
                'A session ends after half an hour without use, and twelve hours after the sign-in at the latest.',
              )}
            </p>
          </div>
          <button
            type="button"
            className="btn"
            disabled={sessions.length < 2 || endOthers.isPending}
            onClick={() => endOthers.mutate({})}
          >
            {t('Sign out everywhere else')}
          </button>
        </div>
        <Refusal cause={end.error ?? endOthers.error} />
        <ul className="sessions">
          {sessions.map((session) => {
            const Icon = /Android|iPhone|iPad/.test(session.device) ? IconDeviceMobile : IconDeviceDesktop;
            return (
              <li key={session.id}>
                <Icon className="ic" aria-hidden />
                <span className="grow">
                  <strong>{said(session.device)}</strong>
                  <span className="small mute">
                    {t('Signed in {startedAt}', { startedAt: fullStamp(session.startedAt) })}
                    {!session.current && t(', last seen {seenAt}', { seenAt: fullStamp(session.seenAt) })}
                  </span>
                </span>
                {session.current ? (
                  <span className="tag ok">{t('This one')}</span>
                ) : (
                  <button
                    type="button"
                    className="btn sm"
                    disabled={end.isPending}
                    aria-label={t('End: {device}, signed in {startedAt}', {
                      device: said(session.device),
                      startedAt: fullStamp(session.startedAt),
                    })}
                    onClick={() => end.mutate({ params: { session: session.id } })}
                  >
                    {t('End')}
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}
