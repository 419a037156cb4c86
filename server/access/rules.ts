import { type Action, accessTable, allows } from './table.ts';
import type { RoleName } from '../studies/document.ts';

/** Every action that any of the roles may do. */
export function actionsOf(roles: readonly RoleName[]): Action[] {
  return (Object.keys(accessTable) as Action[]).filter((action) => allows(action, roles));
}

/** Whether a site is within the caller's reach; null is every site. */
export function reaches(sites: ReadonlySet<string> | null, site: string): boolean {
  return sites === null || sites.has(site);
}
