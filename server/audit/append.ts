import { createHash } from 'node:crypto';
import { type Transaction, transactionLock } from '../db/database.ts';
import { together } from '../db/together.ts';
import type { Caller } from '../services.ts';
import { canonicalJson } from '../studies/canonical.ts';
import { touchStudy } from '../studies/store.ts';
import { chainEnd, insertEntry } from './store.ts';

export interface Deed {
  action: string;
  /** What was acted on: participant:LOH-0118, form:LOH-0118/m3/hamd17, query:31, … */
  subject: string;
  before?: unknown;
  after?: unknown;
  reason?: string | null;
  /** False for a look or a sign-in, after which every figure is as it was. */
  changesData?: boolean;
}

/** The first entry of a study's chain follows this. */
export const GENESIS = '0'.repeat(64);

/**
 * Appends one entry to the study's audit trail, in the transaction of the deed itself, so that neither can be without
 * the other. Entries are chained: hash = SHA-256(canonical JSON of the entry with the previous hash).
 */
export async function appendAudit(
  tx: Transaction,
  caller: Pick<Caller, 'user' | 'study' | 'roles'>,
  at: string,
  deed: Deed,
): Promise<void> {
  const { study, user, roles } = caller;
  await transactionLock(tx, `audit ${study.id}`);
  const end = await chainEnd(tx, study.id);
  const entry = {
    study_id: study.id,
    seq: (end.seq ?? 0) + 1,
    at,
    user_id: user.id,
    user_name: user.name,
    role: roles.join(' ') || null,
    action: deed.action,
    subject: deed.subject,
    before: deed.before === undefined ? null : canonicalJson(deed.before),
    after: deed.after === undefined ? null : canonicalJson(deed.after),
    reason: deed.reason ?? null,
    study_version: study.version,
    previous_hash: end.hash ?? GENESIS,
  };
  await together(tx, [
    () => insertEntry(tx, { ...entry, hash: entryHash(entry) }),
    async () => {
      if (deed.changesData ?? true) await touchStudy(tx, study.id, end.changed_at, at);
    },
  ]);
}

/** SHA-256 of an entry in canonical form, in hexadecimal. */
export function entryHash(entry: object): string {
  return createHash('sha256').update(canonicalJson(entry)).digest('hex');
}
