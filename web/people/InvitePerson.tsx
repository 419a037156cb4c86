import { useId, useState } from 'react';
import { invite, listInvitations } from '../../server/accounts/invitations/contract.ts';
import type { RoleName } from '../../server/studies/document.ts';
import { useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { Field } from '../parts/Field.tsx';
import { roleLabel, useStudyId, useStudyView } from '../session.ts';
import { OneTimeLink } from './OneTimeLink.tsx';

/** Invites a person to a role: a link by mail, or to hand over. */
export default function InvitePerson({ onClose }: { onClose: () => void }) {
  const study = useStudyId();
  const view = useStudyView();
  const id = useId();
  const send = useCall(invite, { invalidates: [listInvitations] });
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<RoleName>('coordinator');
  const [site, setSite] = useState('');
  const sent = send.data;
  if (sent)
    return (
      <Dialog
        title={t('{name} is invited', { name })}
        act={t('Done')}
        single
        busy={false}
        cause={null}
        onAct={onClose}
        onClose={onClose}
      >
        {sent.link === null ? (
          <p>{t('A link is on its way to {email}. It works once, for seven days.', { email })}</p>
        ) : (
          <OneTimeLink path={sent.link} name={name} />
        )}
      </Dialog>
    );
  return (
    <Dialog
      title={t('Invite a person')}
      act={name.trim() ? t('Invite {name}', { name: name.trim() }) : t('Invite')}
      busy={send.isPending}
      cause={send.error}
      onAct={() => send.mutate({ params: { study }, body: { name, email, role, site: site || null } })}
      onClose={onClose}
    >
      <Field
        label={t('Name')}
        required
        minLength={2}
        maxLength={80}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Field
        label={t('Work e-mail')}
        type="email"
        required
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
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
        {view?.document.masking.blinded.includes(role) && (
          <p className="hint">{t('The protocol blinds this role: it gets no arm in any form.')}</p>
        )}
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
    </Dialog>
  );
}
