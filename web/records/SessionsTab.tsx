import { lazy, Suspense, useState } from 'react';
import {
  type FidelityView,
  listSessions,
  type SessionView,
  strikeSession,
  summariseSessions,
} from '../../server/sessions/contract.ts';
import { useCall, useEndpoint } from '../api.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { count, fullDay } from '../time.ts';
import { Strike } from './Strike.tsx';

const SessionDialog = lazy(() => import('./SessionDialog.tsx'));
const FidelityDialog = lazy(() => import('./FidelityDialog.tsx'));
type Asked = { kind: 'add' } | { kind: 'strike' | 'rate'; session: SessionView };

/** A participant's sessions. That there are any tells the arm, so that no blinded role has this tab. */
export function SessionsTab({ participant }: { participant: string }) {
  const study = useStudyId();
  const may = useMay();
  const list = useEndpoint(listSessions, { params: { study }, query: { participant } });
  const strike = useCall(strikeSession, { invalidates: [listSessions, summariseSessions] });
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  return (
    <>
      <Loaded of={list} label="sessions" rows={3}>
        {({ rows, fidelity }) =>
          rows.length === 0 ? (
            <p className="records-none mute">No session has been recorded.</p>
          ) : (
            <Table rows={rows} fidelity={fidelity} ask={setAsked} />
          )
        }
      </Loaded>
      {may('sessions.record') && (
        <div className="records-act">
          <button type="button" className="btn sm" onClick={() => setAsked({ kind: 'add' })}>
            Record a session
          </button>
        </div>
      )}
      <Suspense>
        {asked?.kind === 'add' && <SessionDialog participant={participant} onClose={close} />}
        {asked?.kind === 'rate' && <FidelityDialog session={asked.session} onClose={close} />}
        {asked?.kind === 'strike' && (
          <Strike
            what={`session ${asked.session.content.number}`}
            busy={strike.isPending}
            cause={strike.error}
            onClose={close}
            onStrike={(reason) =>
              strike.mutate(
                {
                  params: { study, record: asked.session.id },
                  body: { version: asked.session.version, reason },
                },
                { onSuccess: close },
              )
            }
          />
        )}
      </Suspense>
    </>
  );
}

function Table({
  rows,
  fidelity,
  ask,
}: {
  rows: readonly SessionView[];
  fidelity: readonly FidelityView[];
  ask: (asked: Asked) => void;
}) {
  const may = useMay();
  const scales = useStudyView()?.document.fidelity ?? [];
  const valid = rows.filter(({ struck }) => !struck);
  const attended = valid.filter(({ content }) => content.attendance === 'attended').length;
  return (
    <>
      <p className="records-none">
        {count(attended, 'session')} attended of {valid.length}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
      <section className="scroll-x" aria-label="Table of sessions" tabIndex={0}>
        <table className="table">
          <caption className="vh">Sessions, the latest first</caption>
          <thead>
            <tr>
              <th scope="col">Session</th>
              <th scope="col">On</th>
              <th scope="col">Attendance</th>
              <th scope="col">With</th>
              <th scope="col">Fidelity</th>
              <th scope="col">
                <span className="vh">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} className={row.struck ? 'struck' : undefined}>
                <td>
                  <span className="what">{row.content.number}</span>
                </td>
                <td className="nowrap">{fullDay(row.content.on)}</td>
                <td>
                  {row.content.attendance === 'attended'
                    ? `Attended${row.content.minutes ? `, ${row.content.minutes} min` : ''}`
                    : `Missed: ${row.content.missedReason}`}
                </td>
                <td>{[row.therapistName, row.groupName].filter(Boolean).join(', ') || '–'}</td>
                <td>
                  {fidelity
                    .filter(({ sheet, struck }) => sheet === row.sheet && !struck)
                    .map(({ id, content }) => (
                      <span key={id} className="small">
                        {scales.map((scale) => `${scale.label} ${content.ratings[scale.id]}`).join(', ')},{' '}
                        {content.rater}
                      </span>
                    ))}
                </td>
                <td className="num">
                  {row.struck ? (
                    <span className="tag">Entered in error</span>
                  ) : (
                    <span className="row-acts">
                      {may('sessions.rate') && scales.length > 0 && row.content.attendance === 'attended' && (
                        <button
                          type="button"
                          className="btn sm"
                          aria-label={`Rate session ${row.content.number}`}
                          onClick={() => ask({ kind: 'rate', session: row })}
                        >
                          Rate
                        </button>
                      )}
                      {may('sessions.record') && (
                        <button
                          type="button"
                          className="btn sm"
                          aria-label={`Strike session ${row.content.number} through`}
                          onClick={() => ask({ kind: 'strike', session: row })}
                        >
                          Strike
                        </button>
                      )}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
