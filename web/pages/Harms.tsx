import { t } from '../language/t.ts';
import '../records/records.css';
import { listHarms, summariseHarms } from '../../server/harms/contract.ts';
import { useEndpoint } from '../api.ts';
import { useFresh } from '../parts/activity.ts';
import { Empty } from '../parts/Empty.tsx';
import { FilterSelect } from '../parts/FilterSelect.tsx';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { SiteFilter } from '../parts/SiteFilter.tsx';
import { HarmSummaryCard } from '../records/HarmSummaryCard.tsx';
import { HarmTable } from '../records/HarmTable.tsx';
import { useStudyId } from '../session.ts';

/** Every adverse event of the study, what waits for its report first in sight, and the counts for the report. */
export default function Harms() {
  const study = useStudyId();
  const [{ site, show }, setFilter] = useFilters();
  const harms = useEndpoint(listHarms, { params: { study }, query: { site } });
  const summary = useEndpoint(summariseHarms, { params: { study }, query: { site } });
  useFresh(harms.refetch);
  const waiting = harms.data?.rows.filter(({ clock }) => clock && clock.state !== 'reported') ?? [];
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Adverse events')}</h1>
          <p>
            {harms.data
              ? t(
                  '{records, plural, one {# record} other {# records}}, {waiting} waiting to be reported to the sponsor',
                  { records: harms.data.rows.length, waiting: waiting.length },
                )
              : t('With the clock of the serious ones')}
          </p>
        </div>
        <div className="acts">
          <SiteFilter value={site} onChange={(next) => setFilter({ site: next })} />
          <FilterSelect
            label={t('Show')}
            all={t('All')}
            value={show}
            onChange={(next) => setFilter({ show: next })}
            options={[
              { id: 'serious', label: t('Serious') },
              { id: 'waiting', label: t('To be reported') },
            ]}
          />
        </div>
      </div>
      <Loaded of={harms} label={t('adverse events')}>
        {({ rows, now }) => {
          const shown =
            show === 'waiting'
              ? waiting
              : show === 'serious'
                ? rows.filter((one) => one.content.serious.length > 0)
                : rows;
          return (
            <div className="stack">
              <section className="card" aria-label={t('Adverse events')}>
                {shown.length === 0 ? (
                  <Empty title={rows.length === 0 ? t('No adverse event is on record') : t('None of these')}>
                    {t(
                      'An adverse event is recorded on its participant’s page. A serious one comes here with its 24 hours.',
                    )}
                  </Empty>
                ) : (
                  <HarmTable rows={shown} now={now} whose />
                )}
              </section>
              {summary.data && <HarmSummaryCard summary={summary.data} />}
            </div>
          );
        }}
      </Loaded>
    </>
  );
}
