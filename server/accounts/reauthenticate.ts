import { notValid } from '../errors.ts';
import type { Services, User } from '../services.ts';
import { attemptSucceeded, attemptUndecided, beginAttempt, type Trying } from './attempts/count.ts';
import { hasFactor, takeCode } from './factor/prove.ts';
import { logAccount } from './log/append.ts';
import { isPasswordOf } from './password.ts';

export interface Proof {
  password: string;
  /** Of the authenticator app, or a backup code: needed where the account has a second factor. */
  code?: string;
}

/**
 * Has whoever is signed in prove again who they are, before a signature or a change of the account itself: password,
 * and code where a second factor is on. Counted with the account's failed sign-ins, and on the account log.
 * Call it before the transaction of the deed: it writes by itself, and uses the code up.
 *
 * @throws Refused (not-valid) with the field `password` or `code`; (too-many) after too many attempts
 */
export async function reauthenticate(
  services: Services,
  user: User,
  { password, code }: Proof,
  purpose: string,
  address: string | null = null,
): Promise<void> {
  const trying: Trying = { email: user.email, address };
  await beginAttempt(services, trying);
  const right = await isPasswordOf(services, user.id, password);
  const asked = right && (await hasFactor(services, user.id));
  const problem = await services.db.write(async (tx) => {
    const at = services.now().toISOString();
    if (asked && code === undefined) {
      await attemptUndecided(tx, services, trying);
      return 'code-missing';
    }
    const wrong = !right
      ? 'password'
      : asked && !(await takeCode(tx, services, user.id, code!))
        ? 'code'
        : null;
    if (wrong === null) await attemptSucceeded(tx, services, trying);
    await logAccount(tx, at, {
      action: wrong === null ? 'identity.confirmed' : 'identity.refused',
      by: user,
      about: user,
      detail: wrong === null ? { for: purpose } : { for: purpose, wrong },
      address,
    });
    return wrong;
  });
  if (problem === 'password')
    throw notValid('The password isn’t right. Nothing was changed.', [
      { path: 'password', message: 'Type the password that you sign in with.' },
    ]);
  if (problem === 'code-missing')
    throw notValid('Type the code of your authenticator app too. Nothing was changed.', [
      { path: 'code', message: 'It is needed because your account has a second factor.' },
    ]);
  if (problem === 'code')
    throw notValid('The code isn’t right, or was used already. Nothing was changed; wait for the next one.', [
      { path: 'code', message: 'Type the code that your authenticator app shows now.' },
    ]);
}
