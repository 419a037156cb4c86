import { Link } from '@tanstack/react-router';
import { t } from '../language/t.ts';
import { siteName } from '../parts/naming.ts';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { fullDay } from '../time.ts';
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
          <h2 id="waiting">{t('Waiting for a seat')}</h2>
          <p>
            {rows.length === 0
              ? t('Everyone who was allocated to a group has a seat.')
              : t('Since the day of randomisation, the longest wait first')}
          </p>
        </div>
      </header>
      {rows.length === 0 ? (
        <div className="body" />
      ) : (
        <table className="table">
          <caption className="vh">{t('Participants waiting for a seat')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('Participant')}</th>
              <th scope="col">{t('Site')}</th>
              <th scope="col">{t('Arm')}</th>
              <th scope="col">{t('Waiting')}</th>
              <th scope="col">
                <span className="vh">{t('Action')}</span>
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
                  {t('{days, plural, one {# day} other {# days}}', { days })}{' '}
                  <span className="mute">{t('since {since}', { since: fullDay(since) })}</span>
                </td>
                <td className="num">
                  {may('groups.plan') && (
                    <button
                      type="button"
                      className="btn sm"
                      aria-label={t('Seat {participant}', { participant })}
                      onClick={() => ask({ kind: 'seat', participant, arm, site })}
                    >
                      {t('Seat')}
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
