import { useId, useState } from 'react';
import { addPerson, listPeople } from '../../../server/accounts/contract.ts';
import type { RoleName } from '../../../server/studies/document.ts';
import { useCall } from '../../api.ts';
import { t } from '../../language/t.ts';
import { roleLabel, useStudyId, useStudyView } from '../../session.ts';
import { Dialog } from './Dialog.tsx';

/** Gives a person a role; somebody without an account gets one with a first password. */
export default function AddPerson({ onClose }: { onClose: () => void }) {
  const study = useStudyId();
  const view = useStudyView();
  const id = useId();
  const add = useCall(addPerson, { invalidates: [listPeople] });
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<RoleName>('coordinator');
  const [site, setSite] = useState('');
  const [password, setPassword] = useState('');
  const blinded = view?.document.masking.blinded.includes(role) ?? false;
  const act = () => {
    const body = { name, email, role, site: site || null, ...(password && { password }) };
    add.mutate({ params: { study }, body }, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={t('Add a person')}
      act={name.trim() ? t('Add {name}', { name: name.trim() }) : t('Add')}
      busy={add.isPending}
      cause={add.error}
      onAct={act}
      onClose={onClose}
    >
      <div>
        <label className="lab" htmlFor={`${id}-name`}>
          {t('Name')}
        </label>
        <input
          className="inp"
          id={`${id}-name`}
          required
          minLength={2}
          maxLength={80}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-email`}>
          {t('Work e-mail')}
        </label>
        <input
          className="inp"
          id={`${id}-email`}
          type="email"
          required
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-role`}>
          {t('Role')}
        </label>
        <select
          className="inp"
          id={`${id}-role`}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as RoleName)}
        >
          {(Object.keys(roleLabel) as RoleName[]).map((one) => (
            <option key={one} value={one}>
              {roleLabel[one]}
            </option>
          ))}
        </select>
        {blinded && <p className="hint">{t('The protocol blinds this role: it gets no arm in any form.')}</p>}
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-site`}>
          {t('Site')}
        </label>
        <select
          className="inp"
          id={`${id}-site`}
          value={site}
          onChange={(event) => setSite(event.currentTarget.value)}
        >
          <option value="">{t('All sites')}</option>
          {(view?.document.sites ?? []).map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-password`}>
          {t('First password')}
        </label>
        <input
          className="inp"
          id={`${id}-password`}
          minLength={12}
          maxLength={128}
          autoComplete="off"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <p className="hint">
          {t('Only for somebody who has no account yet: at least 12 characters, handed over in person.')}
        </p>
      </div>
    </Dialog>
  );
}
