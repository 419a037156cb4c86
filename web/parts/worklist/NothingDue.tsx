import { IconCalendar } from '@tabler/icons-react';
import { useMay } from '../../session.ts';
import { count, shortDay } from '../../time.ts';
import { Empty } from '../Empty.tsx';
import { useFilters } from '../filters.ts';
import type { Asked } from './Act.tsx';
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
      Show all visits
    </button>
  );
  const otherSites = site !== undefined && (
    <button type="button" className="btn" onClick={() => setFilter({ site: undefined })}>
      Show all sites
    </button>
  );
  const acts = everything || otherSites;
  if (show === 'queries') {
    return (
      <div className="card">
        <Empty title="No query waits for you" acts={acts}>
          A query comes here when a data manager or a check asks about an answer at your site.
        </Empty>
      </div>
    );
  }
  const { next } = read;
  if (next?.visit.closes == null) {
    return (
      <div className="card">
        <Empty
          title={show === 'overdue' ? 'Nothing is overdue' : 'No visit is due in the next eight weeks'}
          acts={acts}
        >
          {read.later > 0
            ? `${count(read.later, 'visit')} open later than that.`
            : 'A visit comes here once a participant is randomised.'}
        </Empty>
      </div>
    );
  }
  const booked = next.visit.bookedFor !== null;
  return (
    <div className="card">
      <Empty
        title={
          show === 'overdue' ? 'Nothing is overdue' : `No visits due before ${shortDay(next.visit.closes)}`
        }
        acts={
          <>
            {!booked && may('visits.book') && (
              <button type="button" className="btn pri" onClick={() => ask({ kind: 'book', row: next })}>
                <IconCalendar className="ic" aria-hidden />
                Book {next.participant}
              </button>
            )}
            {acts}
          </>
        }
      >
        The next one is <span className="code">{next.participant}</span>, {next.visit.label}. Its window
        closes on {shortDay(next.visit.closes)} and it is {booked ? 'booked' : 'not booked yet'}.
      </Empty>
    </div>
  );
}
