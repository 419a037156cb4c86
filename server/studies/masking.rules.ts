import type { RoleName, StudyDocument } from './document.ts';

/**
 * Whether a person with these roles is blinded. One blinded role is enough: a right that comes with another role
 * can't undo it. Someone without a role sees nothing, and counts as blinded.
 */
export function isBlinded(document: StudyDocument, roles: readonly RoleName[]): boolean {
  return roles.length === 0 || roles.some((role) => document.masking.blinded.includes(role));
}
