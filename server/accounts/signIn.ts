import type { IncomingHttpHeaders } from 'node:http';
import { fromNodeHeaders } from 'better-auth/node';
import { appendAudit } from '../audit/append.ts';
import { notValid, Refused } from '../errors.ts';
import type { Services, User } from '../services.ts';
import { currentStudy } from '../studies/store.ts';
import { activeMemberships, findUser } from './store.ts';

/** Where a request comes from. */
export interface Origin {
  headers: IncomingHttpHeaders;
  address: string;
}

/** Cookies for the browser; the session's token is in them and nowhere else. */
interface Cookies {
  cookies: string[];
}

/**
 * Opens a session. Whether it was the e-mail or the password that is wrong is never said. The sign-in stands in the
 * audit trail of every study where the person has a role.
 */
export async function signIn(
  services: Services,
  { email, password }: { email: string; password: string },
  from: Origin,
): Promise<Cookies & { user: User }> {
  const { signInAttempts } = services;
  if (!signInAttempts.begin(email, from.address, services.now()))
    throw new Refused(
      'too-many',
      'There were too many attempts to sign in. Nothing is locked: try again in a minute.',
    );
  const response = await services.auth.api.signInEmail({
    body: { email, password },
    headers: fromNodeHeaders(from.headers),
    asResponse: true,
  });
  const user = response.ok ? await findUser(services.db.read, email) : null;
  if (response.status >= 500) throw new Error(`Signing in failed: ${await response.text()}`);
  if (!user) throw new Refused('not-signed-in', 'The e-mail or the password isn’t right.');
  signInAttempts.succeeded(email, from.address);
  await noteSignIn(services, user);
  return { cookies: response.headers.getSetCookie(), user };
}

async function noteSignIn(services: Services, user: User): Promise<void> {
  const memberships = await activeMemberships(services.db.read, user.id);
  if (memberships.length === 0) return;
  await services.db.write(async (tx) => {
    for (const id of new Set(memberships.map((membership) => membership.study))) {
      const study = (await currentStudy(tx, id))!;
      const roles = memberships.filter((one) => one.study === id).map((one) => one.role);
      await appendAudit(tx, { user, study, roles }, services.now().toISOString(), {
        action: 'accounts.sign-in',
        subject: `person:${user.id}`,
        changesData: false,
      });
    }
  });
}

/** Ends the session, if there is one. */
export async function signOut(services: Services, from: Origin): Promise<Cookies> {
  const response = await services.auth.api.signOut({
    headers: fromNodeHeaders(from.headers),
    asResponse: true,
  });
  return { cookies: response.headers.getSetCookie() };
}

/** Sets a new password; every other session of the account ends. */
export async function changePassword(
  services: Services,
  user: User,
  input: { current: string; new: string },
  from: Origin,
): Promise<Cookies> {
  if (!services.signInAttempts.begin(user.email, from.address, services.now()))
    throw new Refused(
      'too-many',
      'There were too many attempts. Your password is as it was; try again in a minute.',
    );
  const response = await services.auth.api.changePassword({
    body: { currentPassword: input.current, newPassword: input.new, revokeOtherSessions: true },
    headers: fromNodeHeaders(from.headers),
    asResponse: true,
  });
  if (response.status >= 500) throw new Error(`Changing a password failed: ${await response.text()}`);
  if (!response.ok)
    throw notValid('The current password isn’t right. Your password is as it was.', [
      { path: 'current', message: 'Not the current password' },
    ]);
  services.signInAttempts.succeeded(user.email, from.address);
  return { cookies: response.headers.getSetCookie() };
}
