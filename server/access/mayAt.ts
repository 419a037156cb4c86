import { activeMemberships } from '../accounts/store.ts';
import type { Connection } from '../db/database.ts';
import type { Caller } from '../services.ts';
import { type Action, allows } from './table.ts';

/**
 * Whether one of the caller's roles gives the action at the site. A caller's `sites` are those of the action at hand;
 * another action can have others, where a person is a coordinator here and a monitor everywhere.
 */
export async function mayAt(
  db: Connection,
  { user, study, roles }: Caller,
  action: Action,
  site: string,
): Promise<boolean> {
  if (!allows(action, roles)) return false;
  const memberships = await activeMemberships(db, user.id, study.id);
  return memberships.some((one) => allows(action, [one.role]) && (one.site === null || one.site === site));
}
