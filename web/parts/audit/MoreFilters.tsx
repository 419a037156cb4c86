import { roleName } from '../../../server/studies/document.ts';
import { DayInput } from '../../forms/DayInput.tsx';
import { t } from '../../language/t.ts';
import { roleLabel } from '../../session.ts';
import { FilterSelect } from '../FilterSelect.tsx';
import { FindField } from '../FindField.tsx';
import { useFilters } from '../filters.ts';

/** By whom, in which role, on which days, and words of what changed. */
export function MoreFilters() {
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
      <DayInput
        label={t('From')}
        value={from ?? null}
        maxDate={until}
        placeholder={t('Any day')}
        clearable
        onChange={(day) => set({ from: day ?? undefined })}
      />
      <DayInput
        label={t('Until')}
        value={until ?? null}
        minDate={from}
        placeholder={t('Any day')}
        clearable
        onChange={(day) => set({ until: day ?? undefined })}
      />
    </search>
  );
}
