import type { Standing } from '../accounts/sessions/store.ts';
import { activeMemberships } from '../accounts/store.ts';
import { notAllowed, notFound } from '../errors.ts';
import type { Caller, Services, User } from '../services.ts';
import { isBlinded } from '../studies/rules.ts';
import { currentStudy, studyFrom } from '../studies/store.ts';
import { type Action, accessTable, allows } from './table.ts';

/**
 * The user as a caller in the study, or a refusal: someone without a role there doesn't learn that it exists.
 * @param standing of the user in that study, where it was read with the session
 */
export async function identifyCaller(
  services: Services,
  user: User,
  studyId: string,
  action: Action,
  standing?: Standing,
): Promise<Caller> {
  const db = services.db.read;
  const [memberships, study] = standing
    ? [standing.memberships, await studyFrom(db, standing.versions)]
    : await Promise.all([activeMemberships(db, user.id, studyId), currentStudy(db, studyId)]);
  if (!study || memberships.length === 0) throw notFound('The study');
  const roles = memberships.map((membership) => membership.role);
  if (memberships.some((membership) => membership.lacksFactor))
    throw notAllowed(
      'This study asks your role for a second factor. Turn it on under your account; nothing was changed.',
    );
  if (!allows(action, roles))
    throw notAllowed(
      `Your role (${roles.join(', ')}) doesn’t include this. Ask the owner of the study if it should.`,
    );
  const entitled = memberships.filter((membership) =>
    (accessTable[action] as readonly string[]).includes(membership.role),
  );
  const sites = entitled.some((membership) => membership.site === null)
    ? null
    : new Set(entitled.map((membership) => membership.site as string));
  return { user, study, roles, sites, blinded: isBlinded(study.document, roles) };
}
