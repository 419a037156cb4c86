import { ageBands } from '../../../server/queries/rules.ts';
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
      ? `under ${next.from}`
      : `${from} to ${next.from - 1}`
    : `${from} and more`;
  return { id, label: `${label}, ${days} d` };
});

/** The filters of the list but its state, which has its own row of counts. */
export function QueryFilters() {
  const view = useStudyView();
  const { filters, sort, set } = useQueryFilters();
  return (
    <div className="acts query-filters">
      <FilterSelect
        label="Waits for"
        all="Anyone"
        value={filters.owner}
        options={[
          { id: 'me', label: 'Me' },
          { id: 'site', label: 'The site' },
          { id: 'role:coordinator', label: 'Coordinators' },
          { id: 'role:assessor', label: 'Assessors' },
          { id: 'role:investigator', label: 'Investigators' },
        ]}
        onChange={(owner) => set({ owner })}
      />
      <FilterSelect
        label="Age"
        all="Any"
        value={filters.age}
        options={ages}
        onChange={(age) => set({ age })}
      />
      <SiteFilter value={filters.site} onChange={(site) => set({ site })} />
      <FilterSelect
        label="Visit"
        all="All"
        value={filters.visit}
        options={view?.document.visits ?? []}
        onChange={(visit) => set({ visit })}
      />
      <FilterSelect
        label="Form"
        all="All"
        value={filters.instrument}
        options={(view?.instruments ?? []).map(({ id, short }) => ({ id, label: short }))}
        onChange={(instrument) => set({ instrument })}
      />
      <FilterSelect
        label="Asked by"
        all="All"
        value={filters.opened}
        options={[
          { id: 'manual', label: 'A person' },
          { id: 'automatic', label: 'A check' },
        ]}
        onChange={(opened) => set({ opened })}
      />
      <FilterSelect
        label="Order"
        all="Oldest first"
        value={sort}
        options={[
          { id: 'newest', label: 'Newest first' },
          { id: 'participant', label: 'By participant' },
          { id: 'site', label: 'By site' },
        ]}
        onChange={(next) => set({ sort: next })}
      />
    </div>
  );
}
