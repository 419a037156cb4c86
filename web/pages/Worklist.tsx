import './worklist.css';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus, IconPrinter } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { readWorklist } from '../../server/visits/contract.ts';
import { useEndpoint } from '../api.ts';
import { WaitingCard } from '../doubleEntry/WaitingCard.tsx';
import { useFresh } from '../parts/activity.ts';
import { useFilters } from '../parts/filters.ts';
import { useKeys } from '../parts/keys.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { listed, siteName, useMySites } from '../parts/naming.ts';
import { SiteFilter } from '../parts/SiteFilter.tsx';
import type { Asked } from '../parts/worklist/Act.tsx';
import { Counts } from '../parts/worklist/Counts.tsx';
import { countsOf } from '../parts/worklist/countsOf.ts';
import { grouped } from '../parts/worklist/grouped.ts';
import { Key } from '../parts/worklist/Key.tsx';
import { MyQueriesCard, MyQueriesTable } from '../parts/worklist/MyQueries.tsx';
import { NothingDue } from '../parts/worklist/NothingDue.tsx';
import { RecruitmentCard } from '../parts/worklist/RecruitmentCard.tsx';
import { SafetyBanner } from '../parts/worklist/SafetyBanner.tsx';
import type { Worklist as Read } from '../parts/worklist/types.ts';
import { VisitCards } from '../parts/worklist/VisitCards.tsx';
import { VisitTable } from '../parts/worklist/VisitTable.tsx';
import { HarmBanner } from '../records/HarmBanner.tsx';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { count, localDay, longDay } from '../time.ts';

const LogContact = lazy(() => import('../parts/dialogs/LogContact.tsx'));
const BookVisit = lazy(() => import('../parts/dialogs/BookVisit.tsx'));

/** The coordinator's home: what is overdue, what closes this week, what waits for an answer. */
export default function Worklist() {
  const study = useStudyId();
  const [{ site }] = useFilters();
  const worklist = useEndpoint(
    readWorklist,
    { params: { study }, query: { site } },
    { placeholderData: (before) => before },
  );
  useFresh(worklist.refetch);
  return (
    <>
      <Head worklist={worklist.data} />
      <Loaded of={worklist} label="the worklist" rows={14}>
        {(read) => <Board read={read} />}
      </Loaded>
    </>
  );
}

function Head({ worklist }: { worklist: Read | undefined }) {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  const navigate = useNavigate();
  const [{ site }, setFilter] = useFilters();
  const mine = useMySites(view);
  const enrols = may('participants.screen');
  useKeys({ e: () => void navigate({ to: '/s/$study/enrol', params: { study } }) }, enrols);
  const today = worklist?.today ?? localDay(new Date().toISOString());
  const where = site ? siteName(view, site) : mine;
  return (
    <div className="head">
      <div>
        <h1>{longDay(today)}</h1>
        <p>
          {worklist === undefined
            ? listed(['Visits', 'queries'])
            : `${count(worklist.rows.length, 'visit')} open at ${where}, sorted by when their window closes`}
        </p>
      </div>
      <div className="acts only-wide">
        <SiteFilter value={site} onChange={(next) => setFilter({ site: next })} />
        <Link
          className="btn icon"
          to="/s/$study/print/visits"
          params={{ study }}
          search={site ? { site } : {}}
          aria-label="Print the visit list"
          title="Print the visit list"
        >
          <IconPrinter className="ic" aria-hidden />
        </Link>
        {enrols && (
          <Link className="btn pri" to="/s/$study/enrol" params={{ study }} aria-keyshortcuts="E">
            <IconPlus className="ic" aria-hidden />
            Enrol a participant<kbd aria-hidden>E</kbd>
          </Link>
        )}
      </div>
    </div>
  );
}

function Board({ read }: { read: Read }) {
  const [{ show }, setFilter] = useFilters();
  const [asked, setAsked] = useState<Asked | null>(null);
  const phone = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false });
  const { today } = read;
  const groups = grouped(read.rows, today);
  const shown = show === 'overdue' || show === 'week' ? groups.filter(({ id }) => id === show) : groups;
  const List = phone ? VisitCards : VisitTable;
  return (
    <div className="lay">
      <div>
        <HarmBanner harms={read.harms} />
        <SafetyBanner alerts={read.alerts} today={today} />
        <Counts faces={countsOf(read, groups)} shown={show} show={(next) => setFilter({ show: next })} />
        {show === 'queries' ? (
          read.queries.length === 0 ? (
            <NothingDue read={read} show={show} ask={setAsked} />
          ) : (
            <MyQueriesTable queries={read.queries} today={today} />
          )
        ) : shown.length === 0 ||
          (groups.every(({ id }) => id === 'later') && groups[0]!.rows.length <= 1) ? (
          <NothingDue read={read} show={show} ask={setAsked} />
        ) : (
          <List groups={shown} today={today} ask={setAsked} />
        )}
      </div>
      <aside className="rail" aria-label="Recruitment and queries">
        <RecruitmentCard recruitment={read.recruitment} today={today} />
        <MyQueriesCard queries={read.queries} today={today} />
        <WaitingCard />
        <Key />
      </aside>
      <Suspense>
        {asked?.kind === 'contact' && (
          <LogContact participant={asked.row.participant} today={today} onClose={() => setAsked(null)} />
        )}
        {asked?.kind === 'book' && (
          <BookVisit
            participant={asked.row.participant}
            visit={asked.row.visit}
            today={today}
            onClose={() => setAsked(null)}
          />
        )}
      </Suspense>
    </div>
  );
}
