import type { HoldView, Scope } from '../../server/locks/contract.ts';

/**
 * Whether a hold is over the whole of a part, not over something in it only.
 *
 * @param hold of the study, or where the part is of a participant, one that touches that participant
 */
export function isOver(hold: Scope, part: Scope): boolean {
  if (hold.level === 'study') return true;
  if (part.level === 'study') return false;
  if (part.level === 'site') return hold.level === 'site' && hold.site === part.site;
  return (
    (!('visit' in hold) || ('visit' in part && hold.visit === part.visit)) &&
    (!('instrument' in hold) || ('instrument' in part && hold.instrument === part.instrument))
  );
}

/** What can still be done to a part: what is locked is neither frozen nor locked again, what is frozen is not frozen again. */
export function offered(
  holds: readonly Pick<HoldView, 'kind' | 'scope'>[],
  part: Scope,
): { freeze: boolean; lock: boolean } {
  const over = holds.filter(({ scope }) => isOver(scope, part)).map(({ kind }) => kind);
  return { freeze: over.length === 0, lock: !over.includes('locked') };
}
