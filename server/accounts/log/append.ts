import { entryHash, GENESIS } from '../../audit/append.ts';
import { type Transaction, transactionLock } from '../../db/database.ts';
import type { User } from '../../services.ts';
import { canonicalJson } from '../../studies/canonical.ts';
import type { AccountDeed } from './contract.ts';
import { insertLogged, lastLogged } from './store.ts';

export interface AccountEvent {
  action: AccountDeed;
  /** Who did it; null: nobody was signed in. */
  by: Pick<User, 'id' | 'name'> | null;
  /** Whose account it is about. */
  about?: { id: string | null; name: string };
  study?: string;
  detail?: object;
  /** Where the request came from. */
  address?: string | null;
}

/**
 * Appends one entry to the account log, in the transaction of the deed itself. Entries of the whole server are one
 * chain, like those of a study's audit trail. Call it last in the transaction: on PostgreSQL it holds the log's lock.
 */
export async function logAccount(tx: Transaction, at: string, event: AccountEvent): Promise<void> {
  await transactionLock(tx, 'account log');
  const last = await lastLogged(tx);
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at,
    action: event.action,
    actor_id: event.by?.id ?? null,
    actor_name: event.by?.name ?? 'Nobody signed in',
    subject_id: event.about?.id ?? null,
    subject_name: event.about?.name ?? null,
    study_id: event.study ?? null,
    detail: event.detail === undefined ? null : canonicalJson(event.detail),
    address: event.address || null,
    previous_hash: last?.hash ?? GENESIS,
  };
  await insertLogged(tx, { ...entry, hash: entryHash(entry) });
}
