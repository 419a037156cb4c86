import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { t } from '../language/t.ts';
import { useStudyId } from '../session.ts';
import { UserChoices } from './UserMenu.tsx';
import { useOffered } from './useOffered.ts';

/** The phone's bar: the three pages that this role uses most, and the rest under one button. */
export function Dock() {
  const study = useStudyId();
  const navigate = useNavigate();
  const offered = useOffered();
  const shown = offered.slice(0, 3);
  const rest = offered.slice(3);
  return (
    <nav className="dock" aria-label={t('Main, phone')}>
      {shown.map(({ path, title, short, icon: Icon }) => (
        <Link key={path} to={`/s/$study/${path}`} params={{ study }}>
          <Icon className="ic" aria-hidden />
          {short ?? title}
        </Link>
      ))}
      <Menu position="top-end" width={220} withinPortal={false}>
        <Menu.Target>
          <button type="button">
            <IconDots className="ic" aria-hidden />
            {t('More')}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {rest.map(({ path, title, icon: Icon }) => (
            <Menu.Item
              key={path}
              leftSection={<Icon className="ic" aria-hidden />}
              onClick={() => void navigate({ to: `/s/$study/${path}`, params: { study } })}
            >
              {title}
            </Menu.Item>
          ))}
          {rest.length > 0 && <Menu.Divider />}
          <UserChoices />
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
}
