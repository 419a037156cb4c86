import { useState } from 'react';
import { disablePerson, enablePerson, listPeople, resetPassword } from '../../server/accounts/contract.ts';
import { resetFactor } from '../../server/accounts/factor/contract.ts';
import { useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { NewPasswordField } from '../parts/Field.tsx';
import { useStudyId } from '../session.ts';
import type { PersonAct } from './PersonMenu.tsx';
import type { Person } from './person.ts';

const words: Record<
  PersonAct,
  { title: (name: string) => string; act: string; danger?: boolean; says: string }
> = {
  password: {
    title: (name) => t('A new password for {name}', { name }),
    act: t('Set the password'),
    says: t('Hand it over in person. Everywhere that they are signed in they are signed out.'),
  },
  factor: {
    title: (name) => t('Reset the second factor of {name}?', { name }),
    act: t('Reset it'),
    danger: true,
    says: t(
      'Do this only once you are sure who asks: until they set it up anew, the password alone lets them in. They are signed out everywhere.',
    ),
  },
  disable: {
    title: (name) => t('Disable the account of {name}?', { name }),
    act: t('Disable the account'),
    danger: true,
    says: t(
      'They are signed out everywhere at once and can’t sign in. Their roles and what they entered stay.',
    ),
  },
  enable: {
    title: (name) => t('Enable the account of {name}?', { name }),
    act: t('Enable the account'),
    says: t('They can sign in again, with the roles that they hold.'),
  },
};

/** One act of the owner on one account, with what it means. */
export function AccountDialog({
  person,
  act,
  onClose,
}: {
  person: Person;
  act: PersonAct;
  onClose: () => void;
}) {
  const study = useStudyId();
  const options = { invalidates: [listPeople] };
  const password = useCall(resetPassword, options);
  const factor = useCall(resetFactor, options);
  const disable = useCall(disablePerson, options);
  const enable = useCall(enablePerson, options);
  const [text, setText] = useState('');
  const { title, act: button, danger, says } = words[act];
  const used = { password, factor, disable, enable }[act];
  const params = { study, person: person.id };
  const then = { onSuccess: onClose };
  const run = () => {
    if (act === 'password') password.mutate({ params, body: { password: text } }, then);
    else if (act === 'factor') factor.mutate({ params }, then);
    else if (act === 'disable') disable.mutate({ params }, then);
    else enable.mutate({ params }, then);
  };
  return (
    <Dialog
      title={title(person.name)}
      act={button}
      danger={danger}
      busy={used.isPending}
      cause={used.error}
      onAct={run}
      onClose={onClose}
    >
      <p>{says}</p>
      {act === 'password' && (
        <NewPasswordField
          type="text"
          label={t('New password')}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
    </Dialog>
  );
}
