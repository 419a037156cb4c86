import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { conflict } from '../errors.ts';
import type { Caller } from '../services.ts';
import type { MessageAct, Owner, QueryStatus } from './contract.ts';
import { insertMessage, type QueryRecord, updateQuery } from './store.ts';

export interface QueryChange {
  act: MessageAct;
  at: string;
  text: string;
  /** The state after it; absent where it stays. */
  status?: QueryStatus;
  owner?: Owner;
  reason?: string;
  /** A check did it, by the save of the caller. */
  automatic?: boolean;
}

/** Appends a message to the thread and moves the query to its next version, with the audit entry. */
export async function changeQuery(
  tx: Transaction,
  caller: Caller,
  query: Omit<QueryRecord, 'site'>,
  change: QueryChange,
): Promise<{ status: QueryStatus; version: number }> {
  const { act, at, text, owner, reason = null, automatic = false } = change;
  const status = change.status ?? (query.status as QueryStatus);
  const ends = status === 'closed' || status === 'cancelled';
  const by = automatic ? null : caller.user.id;
  const moved = await updateQuery(tx, query.id, query.version, {
    status,
    closed_at: ends ? at : null,
    closed_by: ends ? by : null,
    ...(owner !== undefined && ownerColumns(owner)),
  });
  if (!moved) throw stale(query.number);
  await insertMessage(tx, {
    id: crypto.randomUUID(),
    query_id: query.id,
    text,
    sent_at: at,
    sent_by: caller.user.id,
    act,
    automatic: automatic ? 1 : 0,
  });
  await appendAudit(tx, caller, at, {
    action: `queries.${act}`,
    subject: `query:${query.code}/${query.number}`,
    before: {
      status: query.status,
      ...(owner !== undefined && { owner: query.owner_id ?? query.owner_role ?? 'site' }),
    },
    after: {
      status,
      ...(text !== '' && { text }),
      ...(owner !== undefined && { owner: owner === null ? 'site' : Object.values(owner)[0] }),
      ...(automatic && { automatic }),
    },
    reason,
  });
  return { status, version: query.version + 1 };
}

export function ownerColumns(owner: Owner): { owner_id: string | null; owner_role: string | null } {
  return {
    owner_id: owner !== null && 'person' in owner ? owner.person : null,
    owner_role: owner !== null && 'role' in owner ? owner.role : null,
  };
}

export const stale = (number: number) =>
  conflict(
    `Query ${number} was changed since you opened it. Nothing was done; read what was said and do it again.`,
  );
