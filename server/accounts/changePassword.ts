import { fromNodeHeaders } from 'better-auth/node';
import { notValid } from '../errors.ts';
import type { Services, User } from '../services.ts';
import { attemptSucceeded, beginAttempt } from './attempts/count.ts';
import { logAccount } from './log/append.ts';
import { refuseWeakPassword } from './password.ts';
import type { Cookies, Origin } from './signIn.ts';

/** Sets a new password; every other session of the account ends. */
export async function changePassword(
  services: Services,
  user: User,
  input: { current: string; new: string },
  from: Origin,
): Promise<Cookies> {
  refuseWeakPassword(input.new, user, 'new');
  const trying = { email: user.email, address: from.address };
  await beginAttempt(services, trying);
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
  await services.db.write(async (tx) => {
    await attemptSucceeded(tx, services, trying);
    await logAccount(tx, services.now().toISOString(), {
      action: 'password.changed',
      by: user,
      about: user,
      address: from.address,
    });
  });
  return { cookies: response.headers.getSetCookie() };
}
