import { t } from '../language/t.ts';
import { useStudyView } from '../session.ts';
import { FilterSelect } from './FilterSelect.tsx';
import { everySite, useSites } from './naming.ts';

/** The caller's sites as a filter; nothing where there is only one. */
export function SiteFilter({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (site?: string) => void;
}) {
  const sites = useSites(useStudyView());
  if (sites.length < 2) return null;
  return (
    <FilterSelect
      label={t('Site')}
      all={everySite(sites)}
      value={value}
      onChange={onChange}
      options={sites.map(({ id, name }) => ({ id, label: name }))}
    />
  );
}
