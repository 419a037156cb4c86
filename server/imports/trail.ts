import { type Deed, entryHash, GENESIS } from '../audit/append.ts';
import { chainEnd } from '../audit/store.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import type { Caller } from '../services.ts';
import { canonicalJson } from '../studies/canonical.ts';
import { touchStudy } from '../studies/store.ts';
import { insertMany } from './store.ts';

/** The audit trail's next entries, chained as `appendAudit` chains one, but written many at a time. */
export class Trail {
  readonly #tx: Transaction;
  readonly #caller: Caller;
  readonly #at: string;
  #last: { seq: number; hash: string };
  readonly #changedAt: string;

  private constructor(
    tx: Transaction,
    caller: Caller,
    at: string,
    end: Awaited<ReturnType<typeof chainEnd>>,
  ) {
    this.#tx = tx;
    this.#caller = caller;
    this.#at = at;
    this.#last = { seq: end.seq ?? 0, hash: end.hash ?? GENESIS };
    this.#changedAt = end.changed_at;
  }

  static async open(tx: Transaction, caller: Caller, at: string): Promise<Trail> {
    await transactionLock(tx, `audit ${caller.study.id}`);
    return new Trail(tx, caller, at, await chainEnd(tx, caller.study.id));
  }

  async append(deeds: readonly Deed[]): Promise<void> {
    const { user, study, roles } = this.#caller;
    const entries = deeds.map(({ action, subject, before, after, reason }) => {
      const entry = {
        study_id: study.id,
        seq: this.#last.seq + 1,
        at: this.#at,
        user_id: user.id,
        user_name: user.name,
        role: roles.join(' ') || null,
        action,
        subject,
        before: before === undefined ? null : canonicalJson(before),
        after: after === undefined ? null : canonicalJson(after),
        reason: reason ?? null,
        study_version: study.version,
        previous_hash: this.#last.hash,
      };
      const hash = entryHash(entry);
      this.#last = { seq: entry.seq, hash };
      return { ...entry, hash };
    });
    await insertMany(this.#tx, 'audit', entries);
    await touchStudy(this.#tx, study.id, this.#changedAt, this.#at);
  }
}
