import { appendAudit } from '../audit/append.ts';
import { notFound } from '../errors.ts';
import type { Caller, Services, User } from '../services.ts';
import { commandLine } from '../studies/add.ts';
import { logAccount } from './log/append.ts';
import { manageablePerson } from './manageable.ts';
import { refuseWeakPassword } from './password.ts';
import { endSessions, findUser } from './store.ts';

/** Sets a forgotten password anew and ends every session of the account. Only for people of the caller's own studies. */
export async function resetPassword(services: Services, caller: Caller, person: string, password: string) {
  const user = await manageablePerson(
    services,
    caller,
    person,
    'The password is as it was; the keeper of the server can set it with “equipoise user password”.',
  );
  await setPassword(services, user, password, caller.user, caller.study.id);
  await services.db.write((tx) =>
    appendAudit(tx, caller, services.now().toISOString(), {
      action: 'people.password',
      subject: `person:${person}`,
      changesData: false,
    }),
  );
  return { reset: true as const };
}

/** For the command line, which the keeper of the server has. @throws Refused (not found, not valid) */
export async function setPasswordOf(services: Services, email: string, password: string): Promise<void> {
  const user = await findUser(services.db.read, email);
  if (!user) throw notFound(`An account of ${email}`);
  await setPassword(services, user, password, commandLine);
}

/** @throws Refused (not-valid) for a password that is easy to guess */
export async function setPassword(
  services: Services,
  user: User,
  password: string,
  by: User,
  study?: string,
): Promise<void> {
  refuseWeakPassword(password, user);
  const context = await services.auth.$context;
  await context.internalAdapter.updatePassword(user.id, await context.password.hash(password));
  await services.db.write(async (tx) => {
    await endSessions(tx, user.id);
    await logAccount(tx, services.now().toISOString(), { action: 'password.reset', by, about: user, study });
  });
}
