import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import type { Person } from './person.ts';

export type PersonAct = 'password' | 'factor' | 'disable' | 'enable';

/** What the owner can do about an account of the study. */
export function PersonMenu({ person, onAct }: { person: Person; onAct: (act: PersonAct) => void }) {
  return (
    <Menu position="bottom-end" width={232}>
      <Menu.Target>
        <button
          type="button"
          className="btn sm icon"
          aria-label={t('Account of {name}', { name: person.name })}
        >
          <IconDots className="ic" aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onAct('password')}>{t('Set a new password')}</Menu.Item>
        <Menu.Item disabled={!person.secondFactor} onClick={() => onAct('factor')}>
          {t('Reset the second factor')}
        </Menu.Item>
        <Menu.Item onClick={() => onAct(person.disabled ? 'enable' : 'disable')}>
          {person.disabled ? t('Enable the account') : t('Disable the account')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
