import { Link } from '@tanstack/react-router';
import { roleLabel, useRoles } from '../session.ts';
import { listed } from './naming.ts';

/** A page that exists and isn't for this role. */
export function NotYours() {
  const roles = useRoles().map((role) => roleLabel[role].toLowerCase());
  return (
    <div className="empty">
      <h1>This page is not part of your role</h1>
      <p>You work here as {listed(roles)}. The owner of the study can give you another role.</p>
      <Link to="/" className="btn pri">
        Go to your first page
      </Link>
    </div>
  );
}
