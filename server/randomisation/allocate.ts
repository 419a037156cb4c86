import { RandomisationError } from '../../randomisation/index.ts';
import { logEntry } from '../../randomisation/log/entry.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { conflict, notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import { findParticipant } from '../participants/find.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { stratumOf } from '../studies/rules.ts';
import { appendAllocation } from './append.ts';
import { tailOf } from './chain.ts';
import type { Slip } from './contract.ts';
import { draw, openDesign } from './engine.ts';
import { readinessOf } from './readiness.ts';
import { slipOf } from './slip.ts';

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
    {
      user: caller.user,
      study: caller.study.id,
      endpoint: 'randomisation.allocate',
      key: input.key,
      payload: { code },
    },
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
  const inForce = await openDesign(tx, study.id);
  const { allocations, previous } = await tailOf(tx, study.id, inForce);
  const number = allocations + 1;
  const { factors } = stratumOf(study.document, participant.site, JSON.parse(participant.screening));
  const { allocation, seed } = await draw(services.config, tx, inForce, number, factors).catch(
    inArmFreeWords,
  );
  const at = services.now().toISOString();
  const place = {
    index: number,
    epoch: inForce.epoch,
    design: inForce.design_hash,
    previous,
    participant: participant.code,
    storedAt: at,
  };
  await appendAllocation(tx, caller, participant, {
    entry: logEntry(place, seed, allocation),
    arm: allocation.arm,
    stratum: allocation.stratum,
    at,
  });
  return number;
}

/** The engine's words are about counts and lists; they must not reach anyone who is blinded. */
export function inArmFreeWords(error: unknown): never {
  if (error instanceof RandomisationError)
    throw conflict(
      'The allocation procedure can’t give a next allocation. Nothing was drawn; tell the trial’s statistician.',
    );
  throw error;
}
