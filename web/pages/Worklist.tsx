import { t } from '../language/t.ts';
import './worklist.css';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus, IconPrinter } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import { readWorklist } from '../../server/visits/contract.ts';
import { useEndpoint } from '../api.ts';
import { WaitingCard } from '../doubleEntry/WaitingCard.tsx';
import { useFilters } from '../parts/filters.ts';
import { useKeptFocus } from '../parts/keptFocus.ts';
import { useKeys } from '../parts/keys.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { listed, siteName, useMySites } from '../parts/naming.ts';
import { Pager } from '../parts/Pager.tsx';
import { SiteFilter } from '../parts/SiteFilter.tsx';
import type { Asked } from '../parts/worklist/Act.tsx';
import { Counts } from '../parts/worklist/Counts.tsx';
import { countsOf } from '../parts/worklist/countsOf.ts';
import { useFreshWorklist } from '../parts/worklist/fresh.ts';
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
import { localDay, longDay } from '../time.ts';

const LogContact = lazy(() => import('../parts/dialogs/LogContact.tsx'));
const BookVisit = lazy(() => import('../parts/dialogs/BookVisit.tsx'));

const size = 100;
const shows = ['overdue', 'week'] as const;

/** The coordinator's home: what is overdue, what closes this week, what waits for an answer. */
export default function Worklist() {
  const study = useStudyId();
  const [{ site, show, page = '1' }] = useFilters();
  const worklist = useEndpoint(
    readWorklist,
    { params: { study }, query: { site, show: shows.find((one) => one === show), page, size } },
    { placeholderData: (before) => before },
  );
  useFreshWorklist(study);
  return (
    <>
      <Head worklist={worklist.data} />
      <Loaded of={worklist} label={t('the worklist')} rows={14}>
        {(read) => <Board read={read} />}
      </Loaded>
    </>
  );
}

const openOf = ({ counts }: Read): number => counts.overdue + counts.week + counts.after;

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
            ? listed([t('Visits'), 'queries'])
            : t(
                '{visits, plural, one {# visit} other {# visits}} open at {where}, sorted by when their window closes',
                { visits: openOf(worklist), where },
              )}
        </p>
      </div>
      <div className="acts only-wide">
        <SiteFilter value={site} onChange={(next) => setFilter({ site: next, page: undefined })} />
        <Link
          className="btn icon"
          to="/s/$study/print/visits"
          params={{ study }}
          search={site ? { site } : {}}
          aria-label={t('Print the visit list')}
          title={t('Print the visit list')}
        >
          <IconPrinter className="ic" aria-hidden />
        </Link>
        {enrols && (
          <Link className="btn pri" to="/s/$study/enrol" params={{ study }} aria-keyshortcuts="E">
            <IconPlus className="ic" aria-hidden />
            {t('Enrol a participant')}
            <kbd aria-hidden>E</kbd>
          </Link>
        )}
      </div>
    </div>
  );
}

function Board({ read }: { read: Read }) {
  const [{ show, page = '1' }, setFilter] = useFilters();
  const [asked, setAsked] = useState<Asked | null>(null);
  const phone = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false });
  const { today } = read;
  const list = useRef<HTMLDivElement>(null);
  useKeptFocus(list);
  const groups = grouped(read);
  const List = phone ? VisitCards : VisitTable;
  return (
    <div className="lay">
      <div ref={list}>
        <HarmBanner harms={read.harms} />
        <SafetyBanner alerts={read.alerts} today={today} />
        <Counts
          faces={countsOf(read)}
          shown={show}
          show={(next) => setFilter({ show: next, page: undefined })}
        />
        {show === 'queries' ? (
          read.queries.length === 0 ? (
            <NothingDue read={read} show={show} ask={setAsked} />
          ) : (
            <MyQueriesTable queries={read.queries} today={today} />
          )
        ) : read.total === 0 || (openOf(read) === read.counts.after && read.counts.after <= 1) ? (
          <NothingDue read={read} show={show} ask={setAsked} />
        ) : (
          <>
            <List groups={groups} today={today} ask={setAsked} />
            {read.total > size && (
              <Pager
                page={Number(page)}
                size={size}
                total={read.total}
                noun={t('visits')}
                onPage={(next) => setFilter({ page: String(next) })}
              />
            )}
          </>
        )}
      </div>
      <aside className="rail" aria-label={t('Recruitment and queries')}>
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
