import { t } from '../language/t.ts';
import './queries.css';
import { IconChartBar, IconDownload } from '@tabler/icons-react';
import { exportQueries, listQueries } from '../../server/queries/contract.ts';
import { addressOf, useEndpoint } from '../api.ts';
import { Empty } from '../parts/Empty.tsx';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { AgeingTable } from '../parts/queries/AgeingTable.tsx';
import { QueryFilters, useQueryFilters } from '../parts/queries/QueryFilters.tsx';
import { pageSize, Split } from '../parts/queries/Split.tsx';
import { StateCounts } from '../parts/queries/StateCounts.tsx';
import { useStudyId } from '../session.ts';

/** Queries by state, age and owner, and the thread of the chosen one beside the answer that it asks about. */
export default function Queries() {
  const study = useStudyId();
  const [{ page = '1', ageing, query }, setFilter] = useFilters();
  const { filters, sort, filtered, clear } = useQueryFilters();
  // What the address holds is checked by the server, which says what it doesn't know.
  const asked = { ...filters, sort } as unknown as Record<string, never>;
  const list = useEndpoint(
    listQueries,
    { params: { study }, query: { ...asked, page, size: pageSize } },
    { placeholderData: (before) => before },
  );
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Queries')}</h1>
          <p>
            {list.data
              ? t('{queries, plural, one {# query} other {# queries}}', { queries: list.data.total })
              : t('Questions about what was entered')}
          </p>
        </div>
        <div className="acts">
          <button
            type="button"
            className="btn"
            aria-pressed={ageing !== undefined}
            onClick={() => setFilter({ ageing: ageing === undefined ? 'sites' : undefined })}
          >
            <IconChartBar className="ic" aria-hidden />
            {t('Age by site')}
          </button>
          <a className="btn" href={addressOf(exportQueries, { params: { study }, query: asked })} download>
            <IconDownload className="ic" aria-hidden />
            CSV
          </a>
        </div>
      </div>
      {ageing !== undefined && <AgeingTable />}
      {/* A phone shows the list or the thread of one query, which needs no filters. */}
      <div className={query === undefined ? undefined : 'only-wide'}>
        <StateCounts counts={list.data?.counts} />
        <QueryFilters />
      </div>
      <Loaded of={list} label={t('queries')}>
        {({ rows, total }) =>
          total === 0 ? (
            <div className="card">
              <Empty
                title={filtered ? t('No query is like this') : t('No query is open')}
                acts={
                  filtered && (
                    <button type="button" className="btn" onClick={clear}>
                      {t('Show all that are not closed')}
                    </button>
                  )
                }
              >
                {t('Queries come from data managers, from monitors and from checks during entry.')}
              </Empty>
            </div>
          ) : (
            <Split rows={rows} total={total} page={Number(page)} />
          )
        }
      </Loaded>
    </>
  );
}
