import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { conflict, notAllowed } from '../errors.ts';
import type { Services } from '../services.ts';
import { currentStudy, listStudies } from '../studies/store.ts';
import { createAccount } from './createAccount.ts';
import { refuseWeakPassword } from './password.ts';
import { grantRole } from './people.ts';
import { anyUser, deleteSetting, readSetting, writeSetting } from './store.ts';

const SETTING = 'setup-token-hash';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** On a database without accounts: a new one-time token, replacing any earlier one; else null. */
export async function openSetup(services: Services): Promise<string | null> {
  if (await anyUser(services.db.read)) return null;
  const token = randomBytes(24).toString('base64url');
  await services.db.write((tx) => writeSetting(tx, SETTING, hashOf(token)));
  return token;
}

export async function isSetupOpen(services: Services): Promise<boolean> {
  return (await readSetting(services.db.read, SETTING)) !== null && !(await anyUser(services.db.read));
}

/** Makes the owner's account and spends the token. The owner owns every study that is there. */
export async function runSetup(
  services: Services,
  input: { token: string; name: string; email: string; password: string },
): Promise<{ email: string }> {
  const expected = await readSetting(services.db.read, SETTING);
  if (expected === null || (await anyUser(services.db.read)))
    throw conflict('The owner’s account is made already. Sign in, or ask the owner for an account.');
  if (!timingSafeEqual(Buffer.from(expected, 'hex'), Buffer.from(hashOf(input.token), 'hex')))
    throw notAllowed(
      'This set-up link is not the newest one. Use the link that the server printed when it last started.',
    );
  refuseWeakPassword(input.password, input);
  const spent = await services.db.write((tx) => deleteSetting(tx, SETTING));
  if (!spent) throw conflict('The set-up link was used a moment ago. Sign in.');
  const user = await createAccount(services, input);
  await services.db.write(async (tx) => {
    const at = services.now().toISOString();
    await writeSetting(tx, 'owner', user.id);
    for (const { id } of await listStudies(tx)) {
      const study = (await currentStudy(tx, id))!;
      const role = { id: crypto.randomUUID(), study: id, role: 'owner' as const, site: null };
      await grantRole(tx, { user, study, roles: [] }, at, { ...role, user });
    }
  });
  return { email: user.email };
}
