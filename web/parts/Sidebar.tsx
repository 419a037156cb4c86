import { Link } from '@tanstack/react-router';
import { number } from '../language/number.ts';
import { t } from '../language/t.ts';
import { useStudyId } from '../session.ts';
import { Mark } from './Mark.tsx';
import type { PageLink } from './navigation.ts';
import { StudyMenu } from './StudyMenu.tsx';
import { UserMenu } from './UserMenu.tsx';
import { useCounts } from './useCounts.ts';
import { useOffered } from './useOffered.ts';

const groups: { id: PageLink['group']; label: string | null }[] = [
  { id: 'trial', label: null },
  { id: 'data', label: t('Data') },
  { id: 'allocation', label: t('Allocation') },
  { id: 'oversight', label: t('Oversight') },
];

/** The study, the pages of this role with their counts, and who is signed in. */
export function Sidebar() {
  const study = useStudyId();
  const all = useOffered();
  const counts = useCounts();
  return (
    <aside className="side">
      <Link to="/" className="brand">
        <Mark />
        Equipoise
      </Link>
      <StudyMenu />
      <nav className="nav" aria-label={t('Main')}>
        {groups.map(({ id, label }) => {
          const offered = all.filter((page) => page.group === id);
          if (offered.length === 0) return null;
          return (
            <div key={id}>
              {label && <h2>{label}</h2>}
              {offered.map(({ path, title, icon: Icon }) => (
                <Link key={path} to={`/s/$study/${path}`} params={{ study }}>
                  <Icon className="ic" aria-hidden />
                  {title}
                  {counts[path] !== undefined && <span className="n">{number(counts[path])}</span>}
                </Link>
              ))}
            </div>
          );
        })}
      </nav>
      <UserMenu />
    </aside>
  );
}
