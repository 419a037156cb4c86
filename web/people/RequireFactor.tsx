import { useState } from 'react';
import { listPeople } from '../../server/accounts/contract.ts';
import { requireFactor } from '../../server/accounts/factor/contract.ts';
import type { RoleName } from '../../server/studies/document.ts';
import { useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { roleLabel, useStudyId } from '../session.ts';

/** Which roles are let in with a second factor only. */
export function RequireFactor({ roles, onClose }: { roles: readonly RoleName[]; onClose: () => void }) {
  const study = useStudyId();
  const require = useCall(requireFactor, { invalidates: [listPeople] });
  const [chosen, setChosen] = useState(new Set(roles));
  const toggle = (role: RoleName) => {
    const next = new Set(chosen);
    if (!next.delete(role)) next.add(role);
    setChosen(next);
  };
  return (
    <Dialog
      title={t('Roles that need a second factor')}
      act={t('Save')}
      busy={require.isPending}
      cause={require.error}
      onAct={() =>
        require.mutate({ params: { study }, body: { roles: [...chosen] } }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <p>
        {t(
          'Whoever holds one of these roles and has none sets it up before anything else, also where they are signed in now.',
        )}
      </p>
      <fieldset className="stack tight">
        <legend className="vh">{t('Roles')}</legend>
        {(Object.keys(roleLabel) as RoleName[]).map((role) => (
          <label key={role} className="check">
            <input type="checkbox" checked={chosen.has(role)} onChange={() => toggle(role)} />
            {roleLabel[role]}
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
