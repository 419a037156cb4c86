import { createHash } from 'node:crypto';
import type { Transaction } from '../../db/database.ts';
import { Refused } from '../../errors.ts';
import type { Services } from '../../services.ts';
import {
  type Allowance,
  FOR_ACCOUNT,
  FOR_ADDRESS,
  FORGOTTEN_MS,
  waitFor,
  withOneLess,
  withOneMore,
} from './rules.ts';
import { deleteCount, deleteCountsBefore, readCount, writeCount } from './store.ts';

/** Who tries: the account by its e-mail, and the network address where there is one. */
export interface Trying {
  email: string;
  address: string | null;
}

/**
 * Counts an attempt to prove who one is, in the database, so that every server process counts together. It counts when
 * it begins, so that many at once don't slip through, and is taken back when it succeeds.
 * @throws Refused (too-many) with how long to wait; nothing is counted then
 */
export async function beginAttempt(services: Services, trying: Trying): Promise<void> {
  const now = services.now();
  const wait = await services.db.write(async (tx) => {
    const counts = await Promise.all(
      keysOf(trying).map(async ([key, allowance]) => ({ key, allowance, count: await readCount(tx, key) })),
    );
    const longest = Math.max(...counts.map(({ count }) => waitFor(count, now)));
    if (longest > 0) return longest;
    for (const { key, allowance, count } of counts) {
      if (!count) await deleteCountsBefore(tx, new Date(now.getTime() - FORGOTTEN_MS).toISOString());
      await writeCount(tx, key, withOneMore(count, now, allowance));
    }
    return 0;
  });
  if (wait === 0) return;
  const minutes = Math.ceil(wait / 60_000);
  throw new Refused(
    'too-many',
    `There were too many attempts. Nothing is locked or changed: try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
  );
}

/** It was really them: the account's count is empty again, and the address has one less. */
export async function attemptSucceeded(tx: Transaction, services: Services, trying: Trying): Promise<void> {
  const [account, address] = keysOf(trying);
  await deleteCount(tx, account![0]);
  if (address) await lessOne(tx, services, address);
}

/** Half of it was right, such as a password without its code: this attempt doesn't count, but those before stay. */
export async function attemptUndecided(tx: Transaction, services: Services, trying: Trying): Promise<void> {
  for (const one of keysOf(trying)) await lessOne(tx, services, one);
}

async function lessOne(tx: Transaction, services: Services, [key, allowance]: Key): Promise<void> {
  const count = await readCount(tx, key);
  if (count) await writeCount(tx, key, withOneLess(count, services.now(), allowance));
}

type Key = [key: string, allowance: Allowance];

/** What people mistype into the field of the e-mail isn't kept: the database has hashes only. */
function keysOf({ email, address }: Trying): Key[] {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const account: Key = [hash(`account ${email.trim().toLowerCase()}`), FOR_ACCOUNT];
  return address === null ? [account] : [account, [hash(`address ${address}`), FOR_ADDRESS]];
}
