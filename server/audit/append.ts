import { createHash } from 'node:crypto';
import { type Transaction, transactionLock } from '../db/database.ts';
import { forgetKept, keptIn } from '../db/kept.ts';
import { together } from '../db/together.ts';
import type { Caller } from '../services.ts';
import { canonicalJson } from '../studies/canonical.ts';
import { touchStudy } from '../studies/store.ts';
import { chainEnd, insertEntries } from './store.ts';

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

type Doer = Pick<Caller, 'user' | 'study' | 'roles'>;

/** The first entry of a study's chain follows this. */
export const GENESIS = '0'.repeat(64);

/**
 * Appends one entry to the study's audit trail, in the transaction of the deed itself, so that neither can be without
 * the other. Entries are chained: hash = SHA-256(canonical JSON of the entry with the previous hash).
 */
export async function appendAudit(tx: Transaction, caller: Doer, at: string, deed: Deed): Promise<void> {
  const trail = await Trail.open(tx, caller, at);
  await trail.append([deed]);
}

/** Where a study's trail ends, and when its data last changed. */
interface End {
  seq: number;
  hash: string;
  changedAt: string;
}

/** The end of a study's trail within one transaction: entries are appended one or many at a time. */
export class Trail {
  readonly #tx: Transaction;
  readonly #caller: Doer;
  readonly #at: string;
  readonly #end: End;

  private constructor(tx: Transaction, caller: Doer, at: string, end: End) {
    this.#tx = tx;
    this.#caller = caller;
    this.#at = at;
    this.#end = end;
  }

  /** Reads where the chain ends, once in a transaction, and holds it until the transaction ends. */
  static async open(tx: Transaction, caller: Doer, at: string): Promise<Trail> {
    const name = `audit ${caller.study.id}`;
    const known = keptIn(tx).get(name) as End | undefined;
    if (known) return new Trail(tx, caller, at, known);
    await transactionLock(tx, name);
    const { seq, hash, changed_at: changedAt } = await chainEnd(tx, caller.study.id);
    const end = { seq: seq ?? 0, hash: hash ?? GENESIS, changedAt };
    keptIn(tx).set(name, end);
    return new Trail(tx, caller, at, end);
  }

  async append(deeds: readonly Deed[]): Promise<void> {
    const entries = deeds.map((deed) => this.#chained(deed));
    try {
      await together(this.#tx, [
        () => insertEntries(this.#tx, entries),
        async () => {
          if (deeds.some((deed) => deed.changesData ?? true))
            this.#end.changedAt = await touchStudy(
              this.#tx,
              this.#caller.study.id,
              this.#end.changedAt,
              this.#at,
            );
        },
      ]);
    } catch (error) {
      forgetKept(this.#tx);
      throw error;
    }
  }

  #chained({ action, subject, before, after, reason }: Deed) {
    const { study, user, roles } = this.#caller;
    const entry = {
      study_id: study.id,
      seq: this.#end.seq + 1,
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
      previous_hash: this.#end.hash,
    };
    this.#end.seq = entry.seq;
    this.#end.hash = entryHash(entry);
    return { ...entry, hash: this.#end.hash };
  }
}

/** SHA-256 of an entry in canonical form, in hexadecimal. */
export function entryHash(entry: object): string {
  return createHash('sha256').update(canonicalJson(entry)).digest('hex');
}
