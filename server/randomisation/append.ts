import type { LogEntry } from '../../randomisation/log/entry.ts';
import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { together } from '../db/together.ts';
import { conflict } from '../errors.ts';
import { advance, type ParticipantRecord } from '../participants/store.ts';
import type { Caller } from '../services.ts';
import { callerAt } from '../studies/at.ts';
import { canonicalJson } from '../studies/canonical.ts';
import type { Opened } from './engine.ts';
import { type AllocationRecord, insertAllocation } from './store.ts';

export interface Appended {
  opened: Opened;
  entry: LogEntry;
  arm: string;
  stratum: string;
  /** When it is stored. */
  at: string;
  /** When it happened, if that was earlier: an envelope. */
  happenedAt?: string;
}

/** Stores an allocation with its log entry and its audit entry, and moves the participant on. The audit names no arm. */
export async function appendAllocation(
  tx: Transaction,
  caller: Caller,
  participant: ParticipantRecord,
  { opened, entry, arm, stratum, at, happenedAt }: Appended,
): Promise<AllocationRecord> {
  const here = callerAt(caller, participant.site);
  const { study, user } = here;
  const { code, status } = participant;
  const row: AllocationRecord = {
    study_id: study.id,
    number: entry.index,
    participant_id: participant.id,
    epoch: entry.epoch,
    source: entry.source,
    stratum,
    arm,
    entry: canonicalJson(entry),
    previous_hash: entry.previous,
    hash: entry.hash,
    study_version: study.version,
    allocated_at: happenedAt ?? at,
    allocated_by: user.id,
  };
  const [, moved] = await together(tx, [
    () => insertAllocation(tx, row),
    () => advance(tx, participant.id, participant.version, { status: 'randomised' }),
    () =>
      appendAudit(tx, here, at, {
        action: 'randomisation.allocate',
        subject: `participant:${code}`,
        before: { status },
        after: { status: 'randomised', number: entry.index, source: entry.source, logHash: entry.hash },
      }),
  ]);
  if (!moved)
    throw conflict(`${code} was changed by someone else a moment ago. Nothing was drawn; try again.`);
  opened.log.take({ kind: 'allocation', row });
  return row;
}
