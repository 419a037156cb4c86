import { actionsOf } from '../access/rules.ts';
import type { Services, User } from '../services.ts';
import { isBlinded } from '../studies/rules.ts';
import { currentStudy } from '../studies/store.ts';
import type { Session } from './contract.ts';
import { hasFactor } from './factor/prove.ts';
import { initials } from './initials.ts';
import { activeMemberships } from './store.ts';

/** Who is signed in and what they may do where: all that the browser needs to offer only what the server will do. */
export async function readSession(services: Services, user: User, expiresAt: Date): Promise<Session> {
  const db = services.db.read;
  const memberships = await activeMemberships(db, user.id);
  const ids = [...new Set(memberships.map((membership) => membership.study))];
  const studies = await Promise.all(ids.map((id) => currentStudy(db, id)));
  const lacking = new Set(memberships.filter((one) => one.lacksFactor).map((one) => one.study));
  return {
    user: { ...user, language: user.language ?? null, initials: initials(user.name) },
    memberships: memberships.map(({ lacksFactor, ...membership }) => membership),
    secondFactor: {
      on: await hasFactor(services, user.id),
      neededBy: studies
        .filter((study) => study !== null)
        .filter(({ id }) => lacking.has(id))
        .map(({ document }) => document.short),
    },
    studies: studies
      .filter((study) => study !== null)
      .map((study) => {
        const roles = memberships.filter((one) => one.study === study.id).map((one) => one.role);
        return {
          id: study.id,
          code: study.document.code,
          short: study.document.short,
          version: study.version,
          synthetic: study.synthetic,
          blinded: isBlinded(study.document, roles),
          actions: lacking.has(study.id) ? [] : actionsOf(roles),
        };
      }),
    expiresAt: expiresAt.toISOString(),
  };
}
