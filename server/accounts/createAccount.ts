import type { Services, User } from '../services.ts';
import { logAccount } from './log/append.ts';
import { refuseWeakPassword } from './password.ts';
import { findUser } from './store.ts';

/**
 * Makes an account with a password. The e-mail must not have one yet.
 * @param by who makes it; the person themselves where nobody is given
 */
export async function createAccount(
  services: Services,
  person: { name: string; email: string; password: string },
  by?: User,
): Promise<User> {
  const email = person.email.toLowerCase();
  const context = await services.auth.$context;
  const password = await context.password.hash(person.password);
  const user = await context.internalAdapter.createUser(
    { name: person.name, email, emailVerified: true },
    { method: 'email-password' },
  );
  await context.internalAdapter.linkAccount({
    userId: user.id,
    accountId: user.id,
    providerId: 'credential',
    password,
  });
  const made = { id: user.id, name: person.name, email };
  await services.db.write((tx) =>
    logAccount(tx, services.now().toISOString(), {
      action: 'account.made',
      by: by ?? made,
      about: made,
      detail: { email },
    }),
  );
  return made;
}

/** The account of the e-mail, made now where there is none and a password was given. */
export async function findOrCreateAccount(
  services: Services,
  person: { name: string; email: string; password?: string },
  by?: User,
): Promise<User | null> {
  const known = await findUser(services.db.read, person.email);
  if (known || person.password === undefined) return known;
  refuseWeakPassword(person.password, person);
  try {
    return await createAccount(services, { ...person, password: person.password }, by);
  } catch (error) {
    // The same person was added by someone else at the same moment.
    const meanwhile = await findUser(services.db.read, person.email);
    if (meanwhile) return meanwhile;
    throw error;
  }
}
