import type { RoleName, StudyDocument } from './document.ts';

/**
 * Whether a person with these roles is blinded. One blinded role is enough: a right that comes with another role
 * can't undo it. Someone without a role sees nothing, and counts as blinded.
 */
export function isBlinded(document: StudyDocument, roles: readonly RoleName[]): boolean {
  return roles.length === 0 || roles.some((role) => document.masking.blinded.includes(role));
}

/** `open`: arms by name. `masked`: arms behind letters. `pooled`: one figure over all arms. */
export type Showing = 'open' | 'masked' | 'pooled';

/** How a person with these roles sees results. */
export function showingFor(document: StudyDocument, roles: readonly RoleName[]): Showing {
  return isBlinded(document, roles) ? (document.masking.results ?? 'pooled') : 'open';
}

/** The smallest count that a person with these roles is shown; null: any. One role that is limited is enough. */
export function smallestShown(document: StudyDocument, roles: readonly RoleName[]): number | null {
  const { disclosure } = document;
  return disclosure && roles.some((role) => disclosure.roles.includes(role)) ? disclosure.smallest : null;
}

/**
 * Whether figures move in steps for these roles. With figures that follow every save, whoever knows whose form was saved
 * would learn that person’s letter, or a small count, from the difference of two looks.
 */
export function movesInSteps(document: StudyDocument, roles: readonly RoleName[]): boolean {
  return showingFor(document, roles) === 'masked' || smallestShown(document, roles) !== null;
}
