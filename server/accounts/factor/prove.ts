import { createHmac, randomBytes } from 'node:crypto';
import type { Transaction } from '../../db/database.ts';
import { unseal } from '../../randomisation/seal.ts';
import type { Services } from '../../services.ts';
import { readFactor, spendBackupCode, spendStep } from './store.ts';
import { stepOfCode } from './totp.ts';

/** What binds the sealed secret to its account. */
export const labelOf = (user: string): string => `second factor ${user}`;

/** Whether the account asks for a code. */
export async function hasFactor(services: Services, user: string): Promise<boolean> {
  const factor = await readFactor(services.db.read, user);
  return factor?.confirmedAt != null;
}

/**
 * Whether the code is of the account's app now, or an unused backup code. A code that was right is used up, in this
 * transaction.
 * @param pending whether a factor that isn't confirmed yet is asked; otherwise it counts as none
 */
export async function takeCode(
  tx: Transaction,
  services: Services,
  user: string,
  code: string,
  pending = false,
): Promise<boolean> {
  const factor = await readFactor(tx, user);
  if (!factor || (factor.confirmedAt === null) !== pending) return false;
  const plain = code.replaceAll(/[\s-]/g, '');
  if (/^\d{6}$/.test(plain)) {
    const secret = unseal(services.config.key, labelOf(user), factor.secret);
    const step = stepOfCode(secret, plain, services.now(), factor.lastStep);
    return step !== null && spendStep(tx, user, step);
  }
  if (pending) return false;
  return spendBackupCode(tx, user, backupHash(services, user, plain), services.now().toISOString());
}

/** Ten codes of 49 bits, as twice five characters that are hard to misread. */
export function newBackupCodes(): string[] {
  const letters = '23456789abcdefghjkmnpqrstuvwxyz';
  const character = (): string => {
    // 248 = 8 × 31: beyond it, some letters would come more often than others.
    for (;;) {
      const byte = randomBytes(1)[0]!;
      if (byte < 248) return letters[byte % 31]!;
    }
  };
  const five = () => Array.from({ length: 5 }, character).join('');
  return Array.from({ length: 10 }, () => `${five()}-${five()}`);
}

/** Keyed, so that a stolen database alone can't be searched for short codes. */
export function backupHash(services: Services, user: string, code: string): string {
  const plain = code.replaceAll(/[\s-]/g, '').toLowerCase();
  return createHmac('sha256', services.config.key).update(`backup code ${user} ${plain}`).digest('hex');
}
