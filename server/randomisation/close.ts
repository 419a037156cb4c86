import { appendAudit } from '../audit/append.ts';
import { conflict, notValid } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
import { insertBeacon, insertReveal, readReveal } from './designs/store.ts';
import { openDesign } from './engine.ts';

/** Closes randomisation for good: nobody can be randomised after this, and the secret goes into every export of the log. */
export async function revealSecret(
  services: Services,
  caller: Caller,
  input: { confirm: string; reason: string },
): Promise<{ revealedAt: string }> {
  const { study } = caller;
  if (input.confirm !== study.id)
    throw notValid(`Type the study’s id, ${study.id}, to confirm. Nothing was revealed.`, [
      { path: 'confirm', message: `Type ${study.id}.` },
    ]);
  return services.db.write(async (tx) => {
    if (await readReveal(tx, study.id)) throw conflict('The secret is revealed already.');
    const at = services.now().toISOString();
    await insertReveal(tx, {
      study_id: study.id,
      reason: input.reason,
      revealed_at: at,
      revealed_by: caller.user.id,
    });
    await appendAudit(tx, caller, at, {
      action: 'randomisation.reveal-secret',
      subject: `study:${study.id}`,
      reason: input.reason,
    });
    return { revealedAt: at };
  });
}

/** Enters the public value that the design named in advance; it can be entered once and never changed. */
export async function enterBeacon(
  services: Services,
  caller: Caller,
  value: string,
): Promise<{ enteredAt: string }> {
  const { study } = caller;
  return services.db.write(async (tx) => {
    const inForce = await openDesign(tx, study.id);
    if (inForce.beacon === null) throw conflict('The design names no public value, so none can be entered.');
    if (inForce.beacon_value !== null) throw conflict('The public value is entered already; it stays.');
    const at = services.now().toISOString();
    await insertBeacon(tx, {
      study_id: study.id,
      epoch: inForce.epoch,
      value,
      entered_at: at,
      entered_by: caller.user.id,
    });
    await appendAudit(tx, caller, at, {
      action: 'randomisation.beacon',
      subject: `study:${study.id}`,
      after: { epoch: inForce.epoch, name: inForce.beacon, value },
    });
    return { enteredAt: at };
  });
}
