import type { Services, User } from '../services.ts';
import { findUser } from './store.ts';

/** Makes an account with a password. The e-mail must not have one yet. */
export async function createAccount(
  services: Services,
  person: { name: string; email: string; password: string },
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
  return { id: user.id, name: person.name, email };
}

/** The account of the e-mail, made now where there is none and a password was given. */
export async function findOrCreateAccount(
  services: Services,
  person: { name: string; email: string; password?: string },
): Promise<{ user: User; created: boolean } | null> {
  const known = await findUser(services.db.read, person.email);
  if (known) return { user: known, created: false };
  if (person.password === undefined) return null;
  return { user: await createAccount(services, { ...person, password: person.password }), created: true };
}
