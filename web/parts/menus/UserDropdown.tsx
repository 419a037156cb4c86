import { Menu } from '@mantine/core';
import type { OpenedBy } from '../MenuLater.tsx';
import { UserChoices } from './UserChoices.tsx';

export default function UserDropdown({ target, opened }: OpenedBy) {
  return (
    <Menu width={196} position="top-start" withinPortal={false} defaultOpened={opened}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <UserChoices />
      </Menu.Dropdown>
    </Menu>
  );
}
