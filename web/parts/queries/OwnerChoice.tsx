import { useId, useState } from 'react';
import { type Owner, type QueryView, queryPeople } from '../../../server/queries/contract.ts';
import { siteRoles } from '../../../server/queries/rules.ts';
import { useEndpoint } from '../../api.ts';
import { t } from '../../language/t.ts';
import { roleLabel, useStudyId } from '../../session.ts';

/** The chosen owner as the field holds it: "", "role:…" or "person:…". */
export function useOwnerChoice(owner: QueryView['owner'] | null) {
  const [value, setValue] = useState(
    owner?.person ? `person:${owner.person.id}` : owner?.role ? `role:${owner.role}` : '',
  );
  const [kind, name = ''] = value.split(/:(.*)/s);
  const chosen: Owner =
    kind === 'person' ? { person: name } : kind === 'role' ? { role: name as never } : null;
  return { value, setValue, owner: chosen };
}

/** Who is to answer: anyone of the site, a role there, or a person. */
export function OwnerChoice({
  choice,
  site,
}: {
  choice: ReturnType<typeof useOwnerChoice>;
  /** People of other sites aren't offered; null offers those of every site. */
  site: string | null;
}) {
  const id = useId();
  const { data } = useEndpoint(queryPeople, { params: { study: useStudyId() } }, { staleTime: 300_000 });
  const here = (data?.people ?? []).filter((one) => site === null || one.site === null || one.site === site);
  const people = new Map<string, string[]>();
  const names = new Map(here.map((one) => [one.id, one.name]));
  for (const one of here)
    people.set(one.id, [...new Set([...(people.get(one.id) ?? []), roleLabel[one.role]])]);
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {t('Waits for')}
      </label>
      <select
        className="inp"
        id={id}
        value={choice.value}
        onChange={(event) => choice.setValue(event.currentTarget.value)}
      >
        <option value="">{t('The site, nobody in particular')}</option>
        <optgroup label={t('A role at the site')}>
          {siteRoles
            .filter((role) => here.some((one) => one.role === role))
            .map((role) => (
              <option key={role} value={`role:${role}`}>
                {roleLabel[role]}
              </option>
            ))}
        </optgroup>
        <optgroup label={t('A person')}>
          {[...people].map(([person, roles]) => (
            <option key={person} value={`person:${person}`}>
              {names.get(person)}, {roles.join(', ').toLowerCase()}
            </option>
          ))}
        </optgroup>
      </select>
    </div>
  );
}
