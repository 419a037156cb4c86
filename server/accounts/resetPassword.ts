import { allows } from '../access/table.ts';
import { appendAudit } from '../audit/append.ts';
import { conflict, notFound } from '../errors.ts';
import type { Caller, Services, User } from '../services.ts';
import { activeMemberships, endSessions, findUser, membershipRecords } from './store.ts';

/** Sets a forgotten password anew and ends every session of the account. Only for people of the caller's own studies. */
export async function resetPassword(services: Services, caller: Caller, person: string, password: string) {
  const record = (await membershipRecords(services.db.read, caller.study.id)).find(
    (one) => one.user.id === person,
  );
  if (!record) throw notFound('The person');
  const own = await activeMemberships(services.db.read, caller.user.id);
  const managed = new Set(own.filter((one) => allows('people.manage', [one.role])).map((one) => one.study));
  const elsewhere = (await activeMemberships(services.db.read, person)).filter(
    (one) => !managed.has(one.study),
  );
  if (elsewhere.length > 0)
    throw conflict(
      `${record.user.name} also works in a study that isn’t yours. The password is as it was; the keeper of the server can set it with “equipoise user password”.`,
    );
  await setPassword(services, record.user, password);
  await services.db.write((tx) =>
    appendAudit(tx, caller, services.now().toISOString(), {
      action: 'people.password',
      subject: `person:${person}`,
      changesData: false,
    }),
  );
  return { reset: true as const };
}

/** For the command line, which the keeper of the server has. @throws Refused (not found) */
export async function setPasswordOf(services: Services, email: string, password: string): Promise<void> {
  const user = await findUser(services.db.read, email);
  if (!user) throw notFound(`An account of ${email}`);
  await setPassword(services, user, password);
}

async function setPassword(services: Services, user: User, password: string): Promise<void> {
  const context = await services.auth.$context;
  await context.internalAdapter.updatePassword(user.id, await context.password.hash(password));
  await services.db.write((tx) => endSessions(tx, user.id));
}
