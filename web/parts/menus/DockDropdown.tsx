import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useStudyId } from '../../session.ts';
import type { OpenedBy } from '../MenuLater.tsx';
import { useOffered } from '../useOffered.ts';
import { UserChoices } from './UserChoices.tsx';

/** The pages that have no room in the phone's bar, and what is the person's own. */
export default function DockDropdown({ target, opened }: OpenedBy) {
  const study = useStudyId();
  const navigate = useNavigate();
  const rest = useOffered().slice(3);
  return (
    <Menu position="top-end" width={220} withinPortal={false} defaultOpened={opened}>
      <Menu.Target>{target}</Menu.Target>
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
  );
}
