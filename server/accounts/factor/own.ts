import { randomBytes } from 'node:crypto';
import { conflict, notValid } from '../../errors.ts';
import { seal } from '../../randomisation/seal.ts';
import type { Services, User } from '../../services.ts';
import { currentStudy } from '../../studies/store.ts';
import { attemptSucceeded, beginAttempt } from '../attempts/count.ts';
import { logAccount } from '../log/append.ts';
import { type Proof, reauthenticate } from '../reauthenticate.ts';
import { activeMemberships } from '../store.ts';
import { backupHash, hasFactor, labelOf, newBackupCodes, takeCode } from './prove.ts';
import {
  confirmFactor,
  deleteFactor,
  putPending,
  readFactor,
  replaceBackupCodes,
  rolesWithFactor,
} from './store.ts';
import { base32, otpauthAddress } from './totp.ts';

const ALREADY = 'Your second factor is on already. Turn it off first if you have a new device.';

/** A new secret, sealed in the database until a code confirms it. */
export async function beginFactor(services: Services, user: User, password: string, address: string) {
  if (await hasFactor(services, user.id)) throw conflict(ALREADY);
  await reauthenticate(services, user, { password }, 'second factor', address);
  // 160 bits, as RFC 4226 § 4 recommends.
  const secret = randomBytes(20);
  const sealed = seal(services.config.key, labelOf(user.id), secret);
  const at = services.now().toISOString();
  if (!(await services.db.write((tx) => putPending(tx, { user: user.id, secret: sealed, at }))))
    throw conflict(ALREADY);
  const text = base32(secret);
  return { secret: text, address: otpauthAddress('Equipoise', user.email, text) };
}

/** Turns it on: the app shows the code, so it has the secret. @returns ten backup codes, which are never shown again */
export async function turnFactorOn(services: Services, user: User, code: string, address: string) {
  const trying = { email: user.email, address };
  await beginAttempt(services, trying);
  const backupCodes = newBackupCodes();
  const done = await services.db.write(async (tx) => {
    const factor = await readFactor(tx, user.id);
    if (!factor || factor.confirmedAt !== null)
      throw conflict(factor ? ALREADY : 'Begin again: there is no secret that waits for a code.');
    if (!(await takeCode(tx, services, user.id, code, true))) return false;
    const at = services.now().toISOString();
    await confirmFactor(tx, user.id, at);
    await replaceBackupCodes(
      tx,
      user.id,
      backupCodes.map((one) => backupHash(services, user.id, one)),
    );
    await attemptSucceeded(tx, services, trying);
    await logAccount(tx, at, { action: 'factor.on', by: user, about: user, address });
    return true;
  });
  if (!done)
    throw notValid(
      'The code isn’t the one of now. Nothing was changed: look whether the clock of the device is right, and type the next one.',
      [{ path: 'code', message: 'Type the code that your authenticator app shows now.' }],
    );
  return { backupCodes };
}

/** Turns it off, unless a role of the person needs it. */
export async function endFactor(services: Services, user: User, proof: Proof, address: string) {
  for (const { study, role } of await activeMemberships(services.db.read, user.id))
    if ((await rolesWithFactor(services.db.read, study)).includes(role)) {
      const { document } = (await currentStudy(services.db.read, study))!;
      throw conflict(
        `${document.short} asks your role for a second factor, so it stays on. On a new device, have the owner of the study reset it.`,
      );
    }
  await reauthenticate(services, user, proof, 'second factor off', address);
  await services.db.write(async (tx) => {
    if (!(await deleteFactor(tx, user.id))) throw conflict('Your second factor is off already.');
    await logAccount(tx, services.now().toISOString(), {
      action: 'factor.off',
      by: user,
      about: user,
      address,
    });
  });
  return { off: true as const };
}

/** Ten new backup codes in the place of those before. */
export async function renewBackupCodes(services: Services, user: User, proof: Proof, address: string) {
  if (!(await hasFactor(services, user.id)))
    throw conflict('Your second factor is off, so there are no backup codes.');
  await reauthenticate(services, user, proof, 'backup codes', address);
  const backupCodes = newBackupCodes();
  await services.db.write(async (tx) => {
    await replaceBackupCodes(
      tx,
      user.id,
      backupCodes.map((one) => backupHash(services, user.id, one)),
    );
    await logAccount(tx, services.now().toISOString(), {
      action: 'factor.codes-made',
      by: user,
      about: user,
      address,
    });
  });
  return { backupCodes };
}
