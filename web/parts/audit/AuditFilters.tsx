import { roleName } from '../../../server/studies/document.ts';
import { DayInput } from '../../forms/DayInput.tsx';
import { t } from '../../language/t.ts';
import { roleLabel } from '../../session.ts';
import { FilterSelect } from '../FilterSelect.tsx';
import { FindField } from '../FindField.tsx';
import { useFilters } from '../filters.ts';
import { deeds, kinds } from './words.ts';

const asOptions = (words: Record<string, string>) =>
  Object.entries(words).map(([id, label]) => ({ id, label }));

/** On what, what, by whom, in which role, on which days, and words of what changed. */
export function AuditFilters() {
  const [{ kind, find, action, person, role, from, until, text }, setFilter] = useFilters();
  const set = (patch: Record<string, string | undefined>) => setFilter({ ...patch, page: undefined });
  return (
    <search className="audit-filters" aria-label={t('Filters')}>
      <FindField label={t('Subject, LOH-0118')} value={find} onChange={(next) => set({ find: next })} />
      <FilterSelect
        label={t('Kind')}
        all={find ? t('Participant') : t('Any')}
        value={kind}
        options={asOptions(kinds)}
        onChange={(next) => set({ kind: next })}
      />
      <FilterSelect
        label={t('Action')}
        all={t('Any')}
        value={action}
        options={asOptions(deeds)}
        onChange={(next) => set({ action: next })}
      />
      <FindField label={t('Person')} value={person} onChange={(next) => set({ person: next })} />
      <FindField label={t('Words of the change')} value={text} onChange={(next) => set({ text: next })} />
      <FilterSelect
        label={t('Role')}
        all={t('Any')}
        value={role}
        options={roleName.options.map((one) => ({ id: one, label: roleLabel[one] }))}
        onChange={(next) => set({ role: next })}
      />
      <span className="days">
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
      </span>
    </search>
  );
}
