import { Link } from '@tanstack/react-router';
import { listParticipants, type ParticipantStatus } from '../../server/participants/contract.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { statusWord } from '../parts/status.ts';
import { shortDay } from '../time.ts';
import css from './enrol.module.css';

const waiting: ParticipantStatus[] = ['consented', 'eligible', 'screening'];

/** People whose enrolment has begun and waits, nearest to randomisation first. */
export function InProgress({ study }: { study: string }) {
  const lists = [
    useEndpoint(listParticipants, { params: { study }, query: { status: 'consented', size: 20 } }),
    useEndpoint(listParticipants, { params: { study }, query: { status: 'eligible', size: 20 } }),
    useEndpoint(listParticipants, { params: { study }, query: { status: 'screening', size: 20 } }),
  ];
  const rows = waiting.flatMap((status, index) =>
    (lists[index]?.data?.rows ?? []).filter((row) => row.status === status),
  );
  if (lists.some(({ isPending }) => isPending)) return null;
  return (
    <aside className={`card ${css.waiting}`} aria-labelledby="waiting-title">
      <header>
        <div>
          <h2 id="waiting-title">{t('Begun and waiting')}</h2>
          <p>
            {rows.length === 0
              ? t('Nobody is between screening and randomisation.')
              : t('Go on where it was left.')}
          </p>
        </div>
      </header>
      <ul>
        {rows.map((row) => (
          <li key={row.code}>
            <Link to="/s/$study/enrol/$participant" params={{ study, participant: row.code }}>
              <span className="code">{row.code}</span>
              <span className="mute small">
                {t('screened {screenedOn}', { screenedOn: shortDay(row.screenedOn) })}
              </span>
              <span className="small">{statusWord[row.status]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </aside>
  );
}
