import { logEntry } from '../../randomisation/log/entry.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import { findParticipant } from '../participants/find.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { stratumOf } from '../studies/rules.ts';
import { appendAllocation } from './append.ts';
import type { Slip } from './contract.ts';
import { draw, nextPlace, openLog } from './engine.ts';
import { expectReady } from './readiness.ts';
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
  const act = {
    user: caller.user,
    study: caller.study.id,
    endpoint: 'randomisation.allocate',
    key: input.key,
    payload: { code },
  };
  await once(services, act, async (tx) => {
    await transactionLock(tx, `allocations ${caller.study.id}`);
    const participant = await findParticipant(tx, caller, code);
    await expectReady(tx, caller.study, participant, 'Nothing was drawn.');
    return { number: await allocate(services, tx, caller, participant) };
  });
  return slipOf(services.db.read, caller, code);
}

async function allocate(
  services: Services,
  tx: Transaction,
  caller: Caller,
  participant: ParticipantRecord,
): Promise<number> {
  const { document } = caller.study;
  const opened = await openLog(services.config, tx, caller);
  const at = services.now().toISOString();
  const place = nextPlace(opened, 'allocation', { participant: participant.code, storedAt: at });
  const { factors } = stratumOf(document, participant.site, JSON.parse(participant.screening));
  const allocation = draw(opened, place.index, factors);
  await appendAllocation(tx, caller, participant, {
    entry: logEntry(place, opened.seed, allocation),
    arm: allocation.arm,
    stratum: allocation.stratum,
    at,
  });
  return place.index;
}
