import type { RoleName, StudyDocument } from '../studies/document.ts';
import { type Action, accessTable, allows } from './table.ts';

/** Every action that any of the roles may do. */
export function actionsOf(roles: readonly RoleName[]): Action[] {
  return (Object.keys(accessTable) as Action[]).filter((action) => allows(action, roles));
}

/** Whether a site is within the caller's reach; null is every site. */
export function reaches(sites: ReadonlySet<string> | null, site: string): boolean {
  return sites === null || sites.has(site);
}

/**
 * Whether what is recorded of treatment can tell a blinded person who is in which arm: it can where some of those who
 * record it know the arm. In a double-blind study nobody who writes knows, and so nobody who reads can learn.
 */
export function recordsTellArms(document: StudyDocument): boolean {
  return accessTable['events.record'].some((role) => !document.masking.blinded.includes(role));
}
