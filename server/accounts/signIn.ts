import type { IncomingHttpHeaders } from 'node:http';
import { fromNodeHeaders } from 'better-auth/node';
import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { Refused } from '../errors.ts';
import type { Services, User } from '../services.ts';
import { currentStudy } from '../studies/store.ts';
import { attemptSucceeded, attemptUndecided, beginAttempt, type Trying } from './attempts/count.ts';
import { isDisabled } from './disabled/store.ts';
import { hasFactor, takeCode } from './factor/prove.ts';
import { logAccount } from './log/append.ts';
import { isPasswordOf } from './password.ts';
import { activeMemberships, endSessions, findUser } from './store.ts';

/** Where a request comes from. */
export interface Origin {
  headers: IncomingHttpHeaders;
  address: string;
}

/** Cookies for the browser; the session's token is in them and nowhere else. */
export interface Cookies {
  cookies: string[];
}

interface Given {
  email: string;
  password: string;
  code?: string;
}

const WRONG = 'The e-mail or the password isn’t right.';
const DISABLED = 'This account is disabled. Ask the owner of your study.';

/**
 * Opens a session. Whether it was the e-mail or the password that is wrong is never said. Where the account has a
 * second factor, the right password alone opens nothing: `user` is null, and the same is sent again with the code.
 * The sign-in stands in the account log, and in the audit trail of every study where the person has a role.
 */
export async function signIn(
  services: Services,
  given: Given,
  from: Origin,
): Promise<Cookies & { user: User | null }> {
  const trying: Trying = { email: given.email, address: from.address };
  await beginAttempt(services, trying);
  const known = await findUser(services.db.read, given.email);
  if (known && (await isDisabled(services.db.read, known.id))) {
    const right = await isPasswordOf(services, known.id, given.password);
    return fail(services, trying, known, 'disabled', right ? DISABLED : WRONG);
  }
  if (known && (await hasFactor(services, known.id))) {
    if (!(await isPasswordOf(services, known.id, given.password)))
      return fail(services, trying, known, 'password', WRONG);
    if (given.code === undefined) {
      await services.db.write((tx) => attemptUndecided(tx, services, trying));
      return { cookies: [], user: null };
    }
    const { code } = given;
    if (!(await services.db.write((tx) => takeCode(tx, services, known.id, code))))
      return fail(
        services,
        trying,
        known,
        'code',
        'The code isn’t right, or was used already. Wait for the next one.',
      );
  }
  const response = await services.auth.api.signInEmail({
    body: { email: given.email, password: given.password },
    headers: fromNodeHeaders(from.headers),
    asResponse: true,
  });
  if (response.status >= 500) throw new Error(`Signing in failed: ${await response.text()}`);
  if (!response.ok || !known) return fail(services, trying, known, 'password', WRONG);
  const open = await services.db.write((tx) => opened(tx, services, known, trying));
  if (!open) throw new Refused('not-signed-in', DISABLED);
  return { cookies: response.headers.getSetCookie(), user: known };
}

/** False when the account was disabled while the password was checked: then the session is over already. */
async function opened(tx: Transaction, services: Services, user: User, trying: Trying): Promise<boolean> {
  await attemptSucceeded(tx, services, trying);
  if (await isDisabled(tx, user.id)) {
    await endSessions(tx, user.id);
    return false;
  }
  const at = services.now().toISOString();
  const memberships = await activeMemberships(tx, user.id);
  for (const id of new Set(memberships.map((membership) => membership.study))) {
    const study = (await currentStudy(tx, id))!;
    const roles = memberships.filter((one) => one.study === id).map((one) => one.role);
    await appendAudit(tx, { user, study, roles }, at, {
      action: 'accounts.sign-in',
      subject: `person:${user.id}`,
      changesData: false,
    });
  }
  await logAccount(tx, at, { action: 'session.opened', by: user, about: user, address: trying.address });
  return true;
}

async function fail(
  services: Services,
  { address }: Trying,
  known: User | null,
  wrong: string,
  message: string,
): Promise<never> {
  await services.db.write((tx) =>
    logAccount(tx, services.now().toISOString(), {
      action: 'session.refused',
      by: null,
      // What somebody typed who has no account here may be a password, and isn't kept.
      about: known ?? { id: null, name: 'No account of that e-mail' },
      detail: { wrong: known ? wrong : 'email' },
      address,
    }),
  );
  throw new Refused('not-signed-in', message);
}

/** Ends the session, if there is one. */
export async function signOut(services: Services, user: User | null, from: Origin): Promise<Cookies> {
  const response = await services.auth.api.signOut({
    headers: fromNodeHeaders(from.headers),
    asResponse: true,
  });
  if (user)
    await services.db.write((tx) =>
      logAccount(tx, services.now().toISOString(), {
        action: 'session.closed',
        by: user,
        about: user,
        address: from.address,
      }),
    );
  return { cookies: response.headers.getSetCookie() };
}
