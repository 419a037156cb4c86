import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { conflict, notFound, notValid } from '../errors.ts';
import type { Caller, Services, User } from '../services.ts';
import type { RoleName } from '../studies/document.ts';
import { findOrCreateAccount } from './createAccount.ts';
import { disabledUsers } from './disabled/store.ts';
import { rolesWithFactor, usersWithFactor } from './factor/store.ts';
import { logAccount } from './log/append.ts';
import {
  activeMemberships,
  insertMembership,
  type Membership,
  type MembershipRecord,
  membershipRecords,
  revokeMembership,
} from './store.ts';

/** People of the study with every role they hold or held. */
export async function listPeople(services: Services, caller: Caller) {
  const records = await membershipRecords(services.db.read, caller.study.id);
  const ids = [...new Set(records.map(({ user }) => user.id))];
  const [withFactor, disabled, rolesWith] = await Promise.all([
    usersWithFactor(services.db.read, ids),
    disabledUsers(services.db.read, ids),
    rolesWithFactor(services.db.read, caller.study.id),
  ]);
  const people = new Map<string, ListedPerson>();
  for (const { user, ...membership } of records) {
    const person = people.get(user.id) ?? {
      ...user,
      secondFactor: withFactor.has(user.id),
      disabled: disabled.has(user.id),
      memberships: [],
    };
    person.memberships.push(membership);
    people.set(user.id, person);
  }
  return { people: [...people.values()], rolesWithFactor: rolesWith };
}

interface ListedPerson extends User {
  secondFactor: boolean;
  disabled: boolean;
  memberships: Omit<MembershipRecord, 'user'>[];
}

export interface NewPerson {
  name: string;
  email: string;
  role: RoleName;
  site: string | null;
  password?: string;
}

/** Gives a role at a site, or at all sites; makes the account where there is none. */
export async function addPerson(services: Services, caller: Caller, person: NewPerson) {
  const { study } = caller;
  if (person.site !== null && !study.document.sites.some((site) => site.id === person.site))
    throw notValid(`The study has no site “${person.site}”.`);
  const user = await findOrCreateAccount(services, person, caller.user);
  if (!user)
    throw notValid(
      'There is no account with this e-mail yet: give a first password of at least 12 characters.',
    );
  const membership = { id: crypto.randomUUID(), study: study.id, role: person.role, site: person.site };
  const at = services.now().toISOString();
  await services.db.write(async (tx) => {
    const held = await activeMemberships(tx, user.id, study.id);
    if (held.some((one) => one.role === person.role && one.site === person.site))
      throw conflict(`${user.name} holds this role already.`);
    await grantRole(tx, caller, at, { ...membership, user });
  });
  return { id: user.id, membership };
}

/** Gives the role and says so in the study's audit trail. */
export async function grantRole(
  tx: Transaction,
  caller: Pick<Caller, 'user' | 'study' | 'roles'>,
  at: string,
  { user, ...membership }: Membership & { user: User },
): Promise<void> {
  await insertMembership(tx, { ...membership, userId: user.id, at, by: caller.user.id });
  await appendAudit(tx, caller, at, {
    action: 'people.add',
    subject: `person:${user.id}`,
    after: { name: user.name, email: user.email, role: membership.role, site: membership.site },
    changesData: false,
  });
  await logAccount(tx, at, {
    action: 'role.granted',
    by: caller.user,
    about: user,
    study: membership.study,
    detail: { role: membership.role, site: membership.site },
  });
}

/** Takes a role away at once; the next request of that person is judged without it. */
export async function takeRole(services: Services, caller: Caller, membership: string) {
  const at = services.now().toISOString();
  const record = (await membershipRecords(services.db.read, caller.study.id)).find(
    (one) => one.id === membership,
  );
  if (!record) throw notFound('The role');
  if (record.role === 'owner' && record.user.id === caller.user.id)
    throw conflict(
      'You can’t take the owner’s role from yourself. Give it to somebody else first and let them do it.',
    );
  await services.db.write(async (tx) => {
    const revoked = await revokeMembership(tx, membership, caller.study.id, at, caller.user.id);
    if (!revoked) throw conflict('The role was taken away already.');
    await appendAudit(tx, caller, at, {
      action: 'people.revoke',
      subject: `person:${record.user.id}`,
      before: { name: record.user.name, role: record.role, site: record.site },
      changesData: false,
    });
    await logAccount(tx, at, {
      action: 'role.revoked',
      by: caller.user,
      about: record.user,
      study: caller.study.id,
      detail: { role: record.role, site: record.site },
    });
  });
  return { revokedAt: at };
}
