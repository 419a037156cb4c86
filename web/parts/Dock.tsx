import { IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { t } from '../language/t.ts';
import { useStudyId } from '../session.ts';
import { MenuLater } from './MenuLater.tsx';
import { soon } from './soon.ts';
import { useOffered } from './useOffered.ts';

const DockDropdown = soon(() => import('./menus/DockDropdown.tsx'));

/** The phone's bar: the three pages that this role uses most, and the rest under one button. */
export function Dock() {
  const study = useStudyId();
  const offered = useOffered();
  const shown = offered.slice(0, 3);
  return (
    <nav className="dock" aria-label={t('Main, phone')}>
      {shown.map(({ path, title, short, icon: Icon }) => (
        <Link key={path} to={`/s/$study/${path}`} params={{ study }}>
          <Icon className="ic" aria-hidden />
          {short ?? title}
        </Link>
      ))}
      <MenuLater
        menu={DockDropdown}
        target={
          <button type="button">
            <IconDots className="ic" aria-hidden />
            {t('More')}
          </button>
        }
      />
    </nav>
  );
}
