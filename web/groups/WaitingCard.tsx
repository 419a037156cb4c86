import { Link } from '@tanstack/react-router';
import { siteName } from '../parts/naming.ts';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { count, fullDay } from '../time.ts';
import type { Asked, Waiting } from './types.ts';

/** Who was allocated to a treatment in groups and has no seat yet, the longest wait first. */
export function WaitingCard({ waiting, ask }: { waiting: readonly Waiting[]; ask: (asked: Asked) => void }) {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  const short = (arm: string) => view?.document.arms.find(({ id }) => id === arm)?.short ?? arm;
  const rows = waiting.toSorted((a, b) => b.days - a.days);
  return (
    <section className="card" aria-labelledby="waiting">
      <header>
        <div>
          <h2 id="waiting">Waiting for a seat</h2>
          <p>
            {rows.length === 0
              ? 'Everyone who was allocated to a group has a seat.'
              : 'Since the day of randomisation, the longest wait first'}
          </p>
        </div>
      </header>
      {rows.length === 0 ? (
        <div className="body" />
      ) : (
        <table className="table">
          <caption className="vh">Participants waiting for a seat</caption>
          <thead>
            <tr>
              <th scope="col">Participant</th>
              <th scope="col">Site</th>
              <th scope="col">Arm</th>
              <th scope="col">Waiting</th>
              <th scope="col">
                <span className="vh">Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ participant, site, arm, since, days }) => (
              <tr key={participant}>
                <td>
                  <Link
                    className="code"
                    to="/s/$study/participants/$participant"
                    params={{ study, participant }}
                  >
                    {participant}
                  </Link>
                </td>
                <td>{siteName(view, site)}</td>
                <td>{short(arm)}</td>
                <td className="nowrap">
                  {count(days, 'day')} <span className="mute">since {fullDay(since)}</span>
                </td>
                <td className="num">
                  {may('groups.plan') && (
                    <button
                      type="button"
                      className="btn sm"
                      aria-label={`Seat ${participant}`}
                      onClick={() => ask({ kind: 'seat', participant, arm, site })}
                    >
                      Seat
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
