import { useId } from 'react';
import { roleName } from '../../../server/studies/document.ts';
import { t } from '../../language/t.ts';
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
    <search className="audit-filters" aria-label={t('More filters')}>
      <FindField label={t('Person')} value={person} onChange={(next) => set({ person: next })} />
      <FindField label={t('Words of the change')} value={text} onChange={(next) => set({ text: next })} />
      <FilterSelect
        label={t('Role')}
        all={t('Any')}
        value={role}
        options={roleName.options.map((one) => ({ id: one, label: roleLabel[one] }))}
        onChange={(next) => set({ role: next })}
      />
      <div>
        <label className="lab" htmlFor={`${id}-from`}>
          {t('From')}
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
          {t('Until')}
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
