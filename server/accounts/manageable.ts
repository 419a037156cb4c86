import { allows } from '../access/table.ts';
import { conflict, notFound } from '../errors.ts';
import type { Caller, Services, User } from '../services.ts';
import { activeMemberships, membershipRecords } from './store.ts';

/**
 * Somebody of the caller's study whose account the caller may act on: an account is the whole server's, so nobody who
 * also works in a study that isn't the caller's.
 * @param kept what is as it was, and what the keeper of the server can do
 * @throws Refused (not found, conflict)
 */
export async function manageablePerson(
  services: Services,
  caller: Caller,
  person: string,
  kept: string,
): Promise<User> {
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
    throw conflict(`${record.user.name} also works in a study that isn’t yours. ${kept}`);
  return record.user;
}
