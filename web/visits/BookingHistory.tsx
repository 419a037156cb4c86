import { readBookings } from '../../server/visits/contract.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { useStudyId } from '../session.ts';
import { appointment, fullStamp } from '../time.ts';
import css from './visits.module.css';

/** How an appointment came to be where it is, the newest change first. */
export function BookingHistory({ participant, visit }: { participant: string; visit: string }) {
  const study = useStudyId();
  const read = useEndpoint(readBookings, { params: { study, participant, visit } }, { staleTime: 0 });
  const changes = read.data?.changes ?? [];
  if (changes.length === 0) return null;
  return (
    <section aria-label={t('Earlier appointments')}>
      <h3 className="lab">{t('Until now')}</h3>
      <ul className={css.history}>
        {changes.map(({ bookedFor, reason, at, by }) => (
          <li key={at}>
            {bookedFor ? t('Booked for {bookedFor}', { bookedFor: appointment(bookedFor) }) : t('Taken away')}
            {reason && `: ${reason}`}
            <div className="mute">
              {by}, {fullStamp(at)}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
