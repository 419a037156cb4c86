import { lazy, Suspense, useState } from 'react';
import {
  fidelityVersions,
  listSessions,
  sessionVersions,
  strikeFidelity,
  strikeSession,
  summariseSessions,
} from '../../server/sessions/contract.ts';
import { useCall, useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { useMay, useStudyId } from '../session.ts';
import { type AskedOfSession, SessionTable } from './SessionTable.tsx';
import { RatingVersions, SessionVersions } from './SessionVersions.tsx';
import { Strike } from './Strike.tsx';

const SessionDialog = lazy(() => import('./SessionDialog.tsx'));
const CorrectSession = lazy(() => import('./CorrectSession.tsx'));
const FidelityDialog = lazy(() => import('./FidelityDialog.tsx'));

/** A participant's sessions. That there are any tells the arm, so that no blinded role has this tab. */
export function SessionsTab({ participant }: { participant: string }) {
  const study = useStudyId();
  const may = useMay();
  const list = useEndpoint(listSessions, { params: { study }, query: { participant } });
  const [asked, setAsked] = useState<AskedOfSession | null>(null);
  const [adds, setAdds] = useState(false);
  return (
    <>
      <Loaded of={list} label={t('sessions')} rows={3}>
        {({ rows, fidelity }) =>
          rows.length === 0 ? (
            <p className="records-none mute">{t('No session has been recorded.')}</p>
          ) : (
            <SessionTable rows={rows} fidelity={fidelity} ask={setAsked} />
          )
        }
      </Loaded>
      {may('sessions.record') && (
        <div className="records-act">
          <button type="button" className="btn sm" onClick={() => setAdds(true)}>
            {t('Record a session')}
          </button>
        </div>
      )}
      <Suspense>
        {adds && <SessionDialog participant={participant} onClose={() => setAdds(false)} />}
        {asked && <Asked asked={asked} onClose={() => setAsked(null)} />}
      </Suspense>
    </>
  );
}

function Asked({ asked, onClose }: { asked: AskedOfSession; onClose: () => void }) {
  const { session } = asked;
  switch (asked.kind) {
    case 'rate':
      return <FidelityDialog session={session} onClose={onClose} />;
    case 'correct':
      return <CorrectSession session={session} onClose={onClose} />;
    case 'versions':
      return <SessionVersions session={session} onClose={onClose} />;
    case 'correct-rating':
      return <FidelityDialog session={session} rating={asked.rating} onClose={onClose} />;
    case 'rating-versions':
      return <RatingVersions rating={asked.rating} onClose={onClose} />;
    case 'strike':
      return (
        <StrikeOne
          of={strikeSession}
          record={session}
          what={t('session {number}', { number: session.content.number })}
          onClose={onClose}
        />
      );
    case 'strike-rating':
      return (
        <StrikeOne of={strikeFidelity} record={asked.rating} what={t('this rating')} onClose={onClose} />
      );
  }
}

function StrikeOne({
  of,
  record,
  what,
  onClose,
}: {
  of: typeof strikeSession;
  record: { id: string; version: number };
  what: string;
  onClose: () => void;
}) {
  const study = useStudyId();
  const invalidates = [listSessions, summariseSessions, sessionVersions, fidelityVersions];
  const strike = useCall(of, { invalidates });
  return (
    <Strike
      what={what}
      busy={strike.isPending}
      cause={strike.error}
      onClose={onClose}
      onStrike={(reason) =>
        strike.mutate(
          { params: { study, record: record.id }, body: { version: record.version, reason } },
          { onSuccess: onClose },
        )
      }
    />
  );
}
