import { ageBands } from '../../../server/queries/rules.ts';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useStudyView } from '../../session.ts';
import { FilterSelect } from '../FilterSelect.tsx';
import { useFilters } from '../filters.ts';
import { SiteFilter } from '../SiteFilter.tsx';

const fields = ['status', 'age', 'owner', 'site', 'visit', 'instrument', 'opened'] as const;

/** What the address filters by, without the page and the chosen query. */
export function useQueryFilters() {
  const [search, setSearch] = useFilters();
  const filters = Object.fromEntries(fields.map((field) => [field, search[field]]));
  return {
    filters,
    sort: search.sort,
    filtered: fields.some((field) => search[field] !== undefined),
    set: (patch: Record<string, string | undefined>) =>
      setSearch({ ...patch, page: undefined, query: undefined }),
    clear: () =>
      setSearch({
        ...Object.fromEntries(fields.map((field) => [field, undefined])),
        page: undefined,
        query: undefined,
      }),
  };
}

const ages = ageBands.map(({ id, from, label }, index) => {
  const next = ageBands[index + 1];
  const days = next
    ? from === 0
      ? t('under {from}', { from: next.from })
      : t('{from} to {from2}', { from, from2: next.from - 1 })
    : t('{from} and more', { from });
  return { id, label: t('{label}, {days} d', { label: said(label), days }) };
});

/** The filters of the list but its state, which has its own row of counts. */
export function QueryFilters() {
  const view = useStudyView();
  const { filters, sort, set } = useQueryFilters();
  return (
    <div className="acts query-filters">
      <FilterSelect
        label={t('Waits for')}
        all={t('Anyone')}
        value={filters.owner}
        options={[
          { id: 'me', label: t('Me') },
          { id: 'site', label: t('The site') },
          { id: 'role:coordinator', label: t('Coordinators') },
          { id: 'role:assessor', label: t('Assessors') },
          { id: 'role:investigator', label: t('Investigators') },
        ]}
        onChange={(owner) => set({ owner })}
      />
      <FilterSelect
        label={t('Age')}
        all={t('Any')}
        value={filters.age}
        options={ages}
        onChange={(age) => set({ age })}
      />
      <SiteFilter value={filters.site} onChange={(site) => set({ site })} />
      <FilterSelect
        label={t('Visit')}
        all={t('All')}
        value={filters.visit}
        options={view?.document.visits ?? []}
        onChange={(visit) => set({ visit })}
      />
      <FilterSelect
        label={t('Form')}
        all={t('All')}
        value={filters.instrument}
        options={(view?.instruments ?? []).map(({ id, short }) => ({ id, label: short }))}
        onChange={(instrument) => set({ instrument })}
      />
      <FilterSelect
        label={t('Asked by')}
        all={t('All')}
        value={filters.opened}
        options={[
          { id: 'manual', label: t('A person') },
          { id: 'automatic', label: t('A check') },
        ]}
        onChange={(opened) => set({ opened })}
      />
      <FilterSelect
        label={t('Order')}
        all={t('Oldest first')}
        value={sort}
        options={[
          { id: 'newest', label: t('Newest first') },
          { id: 'participant', label: t('By participant') },
          { id: 'site', label: t('By site') },
        ]}
        onChange={(next) => set({ sort: next })}
      />
    </div>
  );
}
