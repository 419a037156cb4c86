import { useId } from 'react';
import { roleName } from '../../../server/studies/document.ts';
import { roleLabel } from '../../session.ts';
import { FilterSelect } from '../FilterSelect.tsx';
import { FindField } from '../FindField.tsx';
import { useFilters } from '../filters.ts';

/** By whom, in which role, on which days, and words of what changed. */
export function MoreFilters() {
  const id = useId();
  const [{ person, role, from, until, text }, setFilter] = useFilters();
  const set = (patch: Record<string, string | undefined>) => setFilter({ ...patch, page: undefined });
  return (
    <search className="audit-filters" aria-label="More filters">
      <FindField label="Person" value={person} onChange={(next) => set({ person: next })} />
      <FindField label="Words of the change" value={text} onChange={(next) => set({ text: next })} />
      <FilterSelect
        label="Role"
        all="Any"
        value={role}
        options={roleName.options.map((one) => ({ id: one, label: roleLabel[one] }))}
        onChange={(next) => set({ role: next })}
      />
      <div>
        <label className="lab" htmlFor={`${id}-from`}>
          From
        </label>
        <input
          className="inp"
          id={`${id}-from`}
          type="date"
          value={from ?? ''}
          max={until}
          onChange={(event) => set({ from: event.currentTarget.value || undefined })}
        />
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-until`}>
          Until
        </label>
        <input
          className="inp"
          id={`${id}-until`}
          type="date"
          value={until ?? ''}
          min={from}
          onChange={(event) => set({ until: event.currentTarget.value || undefined })}
        />
      </div>
    </search>
  );
}
