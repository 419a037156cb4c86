import { type EntryState, listDoubleEntry } from '../../server/doubleEntry/contract.ts';
import { useEndpoint } from '../api.ts';
import css from '../doubleEntry/doubleEntry.module.css';
import { EntryRows } from '../doubleEntry/EntryRows.tsx';
import { Rates } from '../doubleEntry/Rates.tsx';
import { t } from '../language/t.ts';
import { Empty } from '../parts/Empty.tsx';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { Pager } from '../parts/Pager.tsx';
import { SiteFilter } from '../parts/SiteFilter.tsx';
import { useMay, useStudyId } from '../session.ts';

type Show = 'mine' | 'unsettled' | 'all' | EntryState;
const size = 100;
const shows: { id: Show; label: string }[] = [
  { id: 'mine', label: t('For me') },
  { id: 'waiting', label: t('Waiting') },
  { id: 'started', label: t('Begun') },
  { id: 'differs', label: t('Differ') },
  { id: 'agrees', label: t('Agree') },
  { id: 'adjudicated', label: t('Adjudicated') },
  { id: 'all', label: t('All') },
];

/** Forms that a second person enters again, how far each is, and how often the two entries differed. */
export default function DoubleEntry() {
  const study = useStudyId();
  const may = useMay();
  const decides = may('double-entry.adjudicate');
  const acts = decides || may('double-entry.enter');
  const [{ show = acts ? 'mine' : 'all', site, page = '1' }, setFilter] = useFilters();
  const list = useEndpoint(
    listDoubleEntry,
    { params: { study }, query: { show: show as Show, site, page, size } },
    { placeholderData: (before) => before },
  );
  const of = (id: Show): number | undefined => {
    if (!list.data) return undefined;
    const { counts, mine } = list.data;
    if (id === 'mine') return mine;
    if (id === 'all') return Object.values(counts).reduce((sum, n) => sum + n, 0);
    return id === 'unsettled' ? counts.waiting + counts.started + counts.differs : counts[id];
  };
  const settled = list.data ? list.data.counts.agrees + list.data.counts.adjudicated : 0;
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Double entry')}</h1>
          <p>
            {list.data
              ? t('{settled} of {forms, plural, one {# form} other {# forms}} settled', {
                  settled,
                  forms: of('all') ?? 0,
                })
              : t('Forms that a second person enters again')}
          </p>
        </div>
        <div className="acts">
          <SiteFilter value={site} onChange={(next) => setFilter({ site: next, page: undefined })} />
        </div>
      </div>
      <div className="stack">
        {/* biome-ignore lint/a11y/useSemanticElements: buttons that filter are a group, not a fieldset of inputs */}
        <div className={`segments ${css.states}`} role="group" aria-label={t('State')}>
          {shows
            .filter(({ id }) => acts || id !== 'mine')
            .map(({ id, label }) => (
              <button
                key={id}
                type="button"
                aria-pressed={show === id}
                onClick={() => setFilter({ show: id, page: undefined })}
              >
                {label} <span className="mute">{of(id)}</span>
              </button>
            ))}
        </div>
        <Loaded of={list} label={t('double entry')}>
          {({ rows, total, declared }) => (
            <section className="card" aria-label={t('Forms')}>
              {rows.length === 0 ? (
                <Empty
                  title={declared ? t('No form is like this') : t('The protocol wants no form entered twice')}
                >
                  {declared
                    ? show === 'mine'
                      ? t(
                          'Nothing waits for you. A form that you entered first is entered again by somebody else.',
                        )
                      : t('Choose another state above.')
                    : t('A study document names the forms under doubleEntry.')}
                </Empty>
              ) : (
                <EntryRows rows={rows} />
              )}
              {total > size && (
                <Pager
                  page={Number(page)}
                  size={size}
                  total={total}
                  noun={t('forms')}
                  onPage={(next) => setFilter({ page: String(next) })}
                />
              )}
            </section>
          )}
        </Loaded>
        {decides && <Rates />}
      </div>
    </>
  );
}
