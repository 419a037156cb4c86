import { logEntry } from '../../randomisation/log/entry.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { together } from '../db/together.ts';
import { notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { studyAt } from '../studies/at.ts';
import { stratumOf } from '../studies/rules.ts';
import { appendAllocation } from './append.ts';
import type { Slip } from './contract.ts';
import { draw, nextPlace, type Opened, openLog } from './engine.ts';
import { readyParticipant } from './readiness.ts';
import { slipFrom, slipOf } from './slip.ts';
import type { AllocationRecord } from './store.ts';

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
    short: true,
  };
  // By the reply of this very run: one that came from an earlier request is another object, and is read.
  const drawn = new Map<object, AllocationRecord>();
  const reply = await once(services, act, async (tx) => {
    await transactionLock(tx, `allocations ${caller.study.id}`);
    const [person, opened] = await together(tx, [
      () => readyParticipant(tx, caller, code, 'Nothing was drawn.'),
      () => openLog(services.config, tx, caller),
    ]);
    const allocation = await allocate(services, tx, caller, person, opened);
    const first = { number: allocation.number };
    drawn.set(first, allocation);
    return first;
  });
  const allocation = drawn.get(reply);
  if (allocation) return slipFrom(caller, code, allocation, caller.user.name);
  return slipOf(services.db.read, caller, code);
}

async function allocate(
  services: Services,
  tx: Transaction,
  caller: Caller,
  person: ParticipantRecord,
  opened: Opened,
): Promise<AllocationRecord> {
  const at = services.now().toISOString();
  const place = nextPlace(opened, 'allocation', { participant: person.code, storedAt: at });
  const { factors } = stratumOf(
    studyAt(caller.study, person.site).document,
    person.site,
    JSON.parse(person.screening),
  );
  const allocation = draw(opened, place.index, factors);
  return appendAllocation(tx, caller, person, {
    opened,
    entry: logEntry(place, opened.seed, allocation),
    arm: allocation.arm,
    stratum: allocation.stratum,
    at,
  });
}
