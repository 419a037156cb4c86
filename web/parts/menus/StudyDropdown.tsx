import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { t } from '../../language/t.ts';
import { useSession, useStudyId } from '../../session.ts';
import type { OpenedBy } from '../MenuLater.tsx';

export default function StudyDropdown({ target, opened }: OpenedBy) {
  const { studies } = useSession();
  const now = useStudyId();
  const navigate = useNavigate();
  return (
    <Menu width="target" position="bottom-start" withinPortal={false} defaultOpened={opened}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        {studies.map(({ id, short }) => (
          <Menu.Item
            key={id}
            leftSection={
              id === now ? <IconCheck className="ic" aria-label={t('Now')} /> : <span className="ic" />
            }
            onClick={() => void navigate({ to: '/s/$study', params: { study: id } })}
          >
            {short}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
