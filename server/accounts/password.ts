import { notValid } from '../errors.ts';
import type { Services } from '../services.ts';
import { passwordProblem } from './password.rules.ts';

/** Whether it is the account's password. */
export async function isPasswordOf(services: Services, user: string, password: string): Promise<boolean> {
  const { internalAdapter, password: hashing } = await services.auth.$context;
  const accounts = await internalAdapter.findAccounts(user);
  const hash = accounts.find(({ providerId }) => providerId === 'credential')?.password;
  if (!hash) {
    // As slow as where there is one.
    await hashing.hash(password);
    return false;
  }
  return hashing.verify({ hash, password });
}

/** @throws Refused (not-valid) for a password that is easy to guess */
export function refuseWeakPassword(
  password: string,
  of: { name: string; email: string },
  field = 'password',
): void {
  const problem = passwordProblem(password, of);
  if (problem) throw notValid(`${problem} Nothing was changed.`, [{ path: field, message: problem }]);
}
