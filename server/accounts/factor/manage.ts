import { appendAudit } from '../../audit/append.ts';
import { conflict, notFound } from '../../errors.ts';
import type { Caller, Services } from '../../services.ts';
import { commandLine } from '../../studies/add.ts';
import type { RoleName } from '../../studies/document.ts';
import { logAccount } from '../log/append.ts';
import { manageablePerson } from '../manageable.ts';
import { endSessions, findUser } from '../store.ts';
import { deleteFactor, putRolesWithFactor, rolesWithFactor } from './store.ts';

/** Takes away the second factor of somebody who lost it, and ends every session of the account. */
export async function resetFactor(services: Services, caller: Caller, person: string) {
  const user = await manageablePerson(
    services,
    caller,
    person,
    'The second factor is as it was; the keeper of the server can reset it with “equipoise user reset-two-factor”.',
  );
  const at = services.now().toISOString();
  await services.db.write(async (tx) => {
    if (!(await deleteFactor(tx, person))) throw conflict(`${user.name} has no second factor.`);
    await endSessions(tx, person);
    await appendAudit(tx, caller, at, {
      action: 'people.reset-factor',
      subject: `person:${person}`,
      changesData: false,
    });
    await logAccount(tx, at, {
      action: 'factor.reset',
      by: caller.user,
      about: user,
      study: caller.study.id,
    });
  });
  return { reset: true as const };
}

/** For the command line, which the keeper of the server has. @throws Refused (not found, conflict) */
export async function resetFactorOf(services: Services, email: string): Promise<void> {
  const user = await findUser(services.db.read, email);
  if (!user) throw notFound(`An account of ${email}`);
  await services.db.write(async (tx) => {
    if (!(await deleteFactor(tx, user.id))) throw conflict(`${email} has no second factor.`);
    await endSessions(tx, user.id);
    await logAccount(tx, services.now().toISOString(), {
      action: 'factor.reset',
      by: commandLine,
      about: user,
    });
  });
}

/** Says which roles the study lets in with a second factor only; it holds from the next request. */
export async function requireFactor(services: Services, caller: Caller, wanted: readonly RoleName[]) {
  const roles = [...new Set(wanted)].sort();
  const at = services.now().toISOString();
  await services.db.write(async (tx) => {
    const before = await rolesWithFactor(tx, caller.study.id);
    if (before.join() === roles.join()) return;
    await putRolesWithFactor(tx, caller.study.id, roles, { at, by: caller.user.id });
    await appendAudit(tx, caller, at, {
      action: 'people.require-factor',
      subject: `study:${caller.study.id}`,
      before: { roles: before },
      after: { roles },
      changesData: false,
    });
    await logAccount(tx, at, {
      action: 'factor.required',
      by: caller.user,
      study: caller.study.id,
      detail: { roles },
    });
  });
  return { roles };
}
