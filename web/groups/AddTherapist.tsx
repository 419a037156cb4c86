import { useId, useState } from 'react';
import { addTherapist, readGroups } from '../../server/groups/contract.ts';
import { newKey, useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useSites } from '../parts/naming.ts';
import { useStudyId, useStudyView } from '../session.ts';

/** A therapist of one site; the account of a person isn’t needed for it. */
export function AddTherapist({ onClose }: { onClose: () => void }) {
  const study = useStudyId();
  const sites = useSites(useStudyView());
  const id = useId();
  const add = useCall(addTherapist, { invalidates: [readGroups] });
  const [key] = useState(newKey);
  const [name, setName] = useState('');
  const [site, setSite] = useState(sites[0]?.id ?? '');
  return (
    <Dialog
      title={t('Add a therapist')}
      act={name.trim() ? t('Add {name}', { name: name.trim() }) : t('Add')}
      busy={add.isPending || name.trim().length < 2 || site === ''}
      cause={add.error}
      onAct={() =>
        add.mutate({ params: { study }, body: { key, site, name: name.trim() } }, { onSuccess: onClose })
      }
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
        <label className="lab" htmlFor={`${id}-site`}>
          {t('Site')}
        </label>
        <select
          className="inp"
          id={`${id}-site`}
          value={site}
          onChange={(event) => setSite(event.currentTarget.value)}
        >
          {sites.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </div>
    </Dialog>
  );
}
