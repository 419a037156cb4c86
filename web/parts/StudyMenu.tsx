import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { t } from '../language/t.ts';
import { useSession, useSessionStudy } from '../session.ts';

/** The study in hand, and the way to the person's other studies. */
export function StudyMenu() {
  const { studies } = useSession();
  const study = useSessionStudy();
  const navigate = useNavigate();
  if (study === undefined) return null;
  const face = (
    <span className="grow">
      <b>{study.short}</b>
      <span>{t('{code} · protocol v{version}', { code: study.code, version: study.version })}</span>
    </span>
  );
  if (studies.length < 2) return <div className="study still">{face}</div>;
  return (
    <Menu width="target" position="bottom-start" withinPortal={false}>
      <Menu.Target>
        <button type="button" className="study">
          {face}
          <IconChevronDown className="ic" aria-hidden />
          <span className="vh">{t('Change study')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {studies.map(({ id, short }) => (
          <Menu.Item
            key={id}
            leftSection={
              id === study.id ? <IconCheck className="ic" aria-label={t('Now')} /> : <span className="ic" />
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
