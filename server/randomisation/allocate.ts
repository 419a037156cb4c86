import { RandomisationError } from '../../randomisation/index.ts';
import { chainStart, logEntry } from '../../randomisation/log/entry.ts';
import { appendAudit } from '../audit/append.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { conflict, notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import { findParticipant } from '../participants/find.ts';
import { advance, type ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { canonicalJson } from '../studies/canonical.ts';
import { stratumOf } from '../studies/rules.ts';
import type { Slip } from './contract.ts';
import { draw } from './engine.ts';
import { readinessOf } from './readiness.ts';
import { slipOf } from './slip.ts';
import { insertAllocation, lastAllocation } from './store.ts';

/**
 * Randomises the participant. One transaction checks readiness, draws the next allocation, appends it to the log and
 * to the audit trail. A retry with the same key returns the same slip; the reply is shaped by the caller's blinding.
 */
export async function randomise(
  services: Services,
  caller: Caller,
  code: string,
  input: { key: string; confirm: string },
): Promise<Slip> {
  if (input.confirm !== code)
    throw notValid(`The typed participant ID isn’t ${code}. Nobody was randomised.`, [
      { path: 'confirm', message: `Type ${code}.` },
    ]);
  await once(
    services,
    { user: caller.user, endpoint: 'randomisation.allocate', key: input.key, payload: { code } },
    async (tx) => {
      await transactionLock(tx, `allocations ${caller.study.id}`);
      const participant = await findParticipant(tx, caller, code);
      const readiness = await readinessOf(tx, caller.study, participant);
      if (!readiness.ready) {
        const open = readiness.checks
          .filter((check) => !check.met && check.id !== 'queries')
          .map((check) => check.text);
        throw conflict(
          `${code} can’t be randomised: ${open.join('; ') || `the status is ${participant.status}`}. Nothing was drawn.`,
        );
      }
      return { number: await allocate(services, tx, caller, participant) };
    },
  );
  return slipOf(services.db.read, caller, code);
}

async function allocate(
  services: Services,
  tx: Transaction,
  caller: Caller,
  participant: ParticipantRecord,
): Promise<number> {
  const { study } = caller;
  const last = await lastAllocation(tx, study.id);
  const number = (last?.number ?? 0) + 1;
  const { factors } = stratumOf(study.document, participant.site, JSON.parse(participant.screening));
  const drawn = await draw(services.config, tx, study.id, number, factors).catch((error: unknown) => {
    // The engine's words are about counts and lists; they must not reach anyone who is blinded.
    if (error instanceof RandomisationError)
      throw conflict(
        'The allocation procedure can’t give a next allocation. Nothing was drawn; tell the trial’s statistician.',
      );
    throw error;
  });
  const at = services.now().toISOString();
  const { record, seed, allocation } = drawn;
  const entry = logEntry(
    {
      index: number,
      epoch: record.epoch,
      design: record.design_hash,
      previous: last?.hash ?? chainStart(record.commitment),
      participant: participant.code,
      storedAt: at,
    },
    seed,
    allocation,
  );
  await insertAllocation(tx, {
    study_id: study.id,
    number,
    participant_id: participant.id,
    epoch: record.epoch,
    source: 'service',
    stratum: allocation.stratum,
    arm: allocation.arm,
    entry: canonicalJson(entry),
    previous_hash: entry.previous,
    hash: entry.hash,
    study_version: study.version,
    allocated_at: at,
    allocated_by: caller.user.id,
  });
  await advance(tx, participant.id, participant.version, { status: 'randomised' });
  await appendAudit(tx, caller, at, {
    action: 'randomisation.allocate',
    subject: `participant:${participant.code}`,
    before: { status: participant.status },
    after: { status: 'randomised', number, logHash: entry.hash },
  });
  return number;
}
