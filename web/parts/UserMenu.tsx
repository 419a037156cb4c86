import { roleLabel, useRoles, useSession, useStudyView } from '../session.ts';
import { MenuLater } from './MenuLater.tsx';
import { useMySites } from './naming.ts';
import { soon } from './soon.ts';

const UserDropdown = soon(() => import('./menus/UserDropdown.tsx'));

export function UserMenu() {
  const { user } = useSession();
  const roles = useRoles();
  const study = useStudyView();
  const sites = useMySites(study);
  return (
    <MenuLater
      menu={UserDropdown}
      target={
        <button type="button" className="me">
          <span className="av" aria-hidden>
            {user.initials}
          </span>
          <span className="grow">
            <strong>{roles.map((role) => roleLabel[role]).join(', ') || user.name}</strong>
            <span className="mute small">{sites}</span>
          </span>
        </button>
      }
    />
  );
}
