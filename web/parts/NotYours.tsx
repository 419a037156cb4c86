import { Link } from '@tanstack/react-router';
import { t } from '../language/t.ts';
import { roleLabel, useRoles } from '../session.ts';
import { listed } from './naming.ts';

/** A page that exists and isn't for this role. */
export function NotYours() {
  const roles = useRoles().map((role) => roleLabel[role].toLowerCase());
  return (
    <div className="empty">
      <h1>{t('This page is not part of your role')}</h1>
      <p>
        {t('You work here as {listed}. The owner of the study can give you another role.', {
          listed: listed(roles),
        })}
      </p>
      <Link to="/" className="btn pri">
        {t('Go to your first page')}
      </Link>
    </div>
  );
}
