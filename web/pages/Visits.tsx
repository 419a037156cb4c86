import { IconCalendarShare, IconPrinter } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { listVisits } from '../../server/visits/contract.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { Empty } from '../parts/Empty.tsx';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { siteName, useMySites } from '../parts/naming.ts';
import { Pager } from '../parts/Pager.tsx';
import { SiteFilter } from '../parts/SiteFilter.tsx';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { StateCounts } from '../visits/StateCounts.tsx';
import { StatusTable } from '../visits/StatusTable.tsx';
import { stateAsked, stateMeaning, stateWords } from '../visits/states.ts';
import css from '../visits/visits.module.css';

const CalendarDialog = lazy(() => import('../visits/CalendarDialog.tsx'));
const SIZE = 50;

/** Every visit of a site with its state: what is due, what was missed, what is done. */
export default function Visits() {
  const study = useStudyId();
  const may = useMay();
  const view = useStudyView();
  const mine = useMySites(view);
  const [{ site, state: asked, page = '1' }, setFilter] = useFilters();
  const [sharing, setSharing] = useState(false);
  const state = stateAsked(asked);
  const list = useEndpoint(
    listVisits,
    { params: { study }, query: { site, state: state ?? undefined } },
    { placeholderData: (before) => before },
  );
  const at = Math.max(1, Number(page) || 1);
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Visits')}</h1>
          <p>
            {t('Every visit at')} {site ? siteName(view, site) : mine}
            {t(', by the day on which its window closes')}
          </p>
        </div>
        <div className="acts">
          <SiteFilter value={site} onChange={(next) => setFilter({ site: next, page: undefined })} />
          <Link
            className="btn icon only-wide"
            to="/s/$study/print/visit-status"
            params={{ study }}
            search={{ site, state: asked }}
            aria-label={t('Print this list')}
            title={t('Print this list')}
          >
            <IconPrinter className="ic" aria-hidden />
          </Link>
          {may('visits.book') && (
            <button type="button" className="btn" onClick={() => setSharing(true)}>
              <IconCalendarShare className="ic" aria-hidden />
              {t('Calendar')}
            </button>
          )}
        </div>
      </div>
      <Loaded of={list} label={t('visits')} rows={14}>
        {({ today, counts, rows }) => (
          <>
            <StateCounts
              counts={counts}
              shown={state}
              onShow={(next) => setFilter({ state: next ?? 'all', page: undefined })}
            />
            {state && (
              <p className={`small mute ${css.meaning}`}>
                {stateWords[state]}: {stateMeaning[state]}
              </p>
            )}
            <section className="card" aria-label={t('Visits')}>
              {Object.values(counts).every((count) => count === 0) ? (
                <Empty
                  title={t('No visit yet')}
                  acts={
                    may('participants.screen') && (
                      <Link className="btn pri" to="/s/$study/enrol" params={{ study }}>
                        {t('Enrol a participant')}
                      </Link>
                    )
                  }
                >
                  {t('Visits come with the first person who is enrolled.')}
                </Empty>
              ) : rows.length === 0 ? (
                <Empty
                  title={t('No visit is in this state')}
                  acts={
                    <button
                      type="button"
                      className="btn"
                      onClick={() => setFilter({ state: 'all', page: undefined })}
                    >
                      {t('Show all visits')}
                    </button>
                  }
                >
                  {state && stateMeaning[state]}
                </Empty>
              ) : (
                <>
                  <StatusTable rows={rows.slice((at - 1) * SIZE, at * SIZE)} today={today} />
                  <Pager
                    page={at}
                    size={SIZE}
                    total={rows.length}
                    noun={t('visits')}
                    onPage={(next) => setFilter({ page: String(next) })}
                  />
                </>
              )}
            </section>
          </>
        )}
      </Loaded>
      <Suspense>{sharing && <CalendarDialog site={site} onClose={() => setSharing(false)} />}</Suspense>
    </>
  );
}
