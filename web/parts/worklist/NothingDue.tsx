import { IconCalendar } from '@tabler/icons-react';
import { rich } from '../../language/rich.ts';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useMay } from '../../session.ts';
import { shortDay } from '../../time.ts';
import { Empty } from '../Empty.tsx';
import { useFilters } from '../filters.ts';
import { Act, type Asked } from './Act.tsx';
import type { Worklist } from './types.ts';

/** An empty worklist says what is next, and when. */
export function NothingDue({
  read,
  show,
  ask,
}: {
  read: Worklist;
  show?: string;
  ask: (asked: Asked) => void;
}) {
  const [{ site }, setFilter] = useFilters();
  const may = useMay();
  const everything = show !== undefined && (
    <button type="button" className="btn" onClick={() => setFilter({ show: undefined })}>
      {t('Show all visits')}
    </button>
  );
  const otherSites = site !== undefined && (
    <button type="button" className="btn" onClick={() => setFilter({ site: undefined })}>
      {t('Show all sites')}
    </button>
  );
  const acts = everything || otherSites;
  if (show === 'queries') {
    return (
      <div className="card">
        <Empty title={t('No query waits for you')} acts={acts}>
          {t('A query comes here when a data manager or a check asks about an answer at your site.')}
        </Empty>
      </div>
    );
  }
  const { next } = read;
  if (next?.visit.closes == null) {
    return (
      <div className="card">
        <Empty
          title={show === 'overdue' ? t('Nothing is overdue') : t('No visit is due in the next eight weeks')}
          acts={acts}
        >
          {read.later > 0
            ? t('{visits, plural, one {# visit} other {# visits}} open later than that.', {
                visits: read.later,
              })
            : t('A visit comes here once a participant is randomised.')}
        </Empty>
      </div>
    );
  }
  const booked = next.visit.bookedFor !== null;
  const about = {
    participant: next.participant,
    label: said(next.visit.label),
    closes: shortDay(next.visit.closes),
  };
  return (
    <div className="card">
      <Empty
        title={
          show === 'overdue'
            ? t('Nothing is overdue')
            : t('No visits due before {closes}', { closes: shortDay(next.visit.closes) })
        }
        acts={
          <>
            {next.started !== null && <Act row={next} ask={ask} />}
            {next.started === null && !booked && may('visits.book') && (
              <button type="button" className="btn pri" onClick={() => ask({ kind: 'book', row: next })}>
                <IconCalendar className="ic" aria-hidden />
                {t('Book {participant}', { participant: next.participant })}
              </button>
            )}
            {acts}
          </>
        }
      >
        {next.started !== null
          ? rich(
              'The next one is <code>{participant}</code>, {label}. Its window closes on {closes} and it is begun.',
              about,
            )
          : booked
            ? rich(
                'The next one is <code>{participant}</code>, {label}. Its window closes on {closes} and it is booked.',
                about,
              )
            : rich(
                'The next one is <code>{participant}</code>, {label}. Its window closes on {closes} and it is not booked yet.',
                about,
              )}
      </Empty>
    </div>
  );
}
