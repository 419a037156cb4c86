import { conflict } from '../errors.ts';
import { refuseLocked } from '../locks/refuse.ts';
import type { Saved } from '../records/add.ts';
import { appendVersion, heldBy, ownRecord } from '../records/correct.ts';
import { refuseKept } from '../records/kind.ts';
import type { Caller, Services } from '../services.ts';
import type { DeviationContent } from './contract.ts';
import { deviation } from './kind.ts';

/** Notes that the caller reviewed the deviation as it stands; a later correction takes that away. */
export async function reviewDeviation(
  services: Services,
  caller: Caller,
  id: string,
  input: { version: number; note: string },
): Promise<Saved> {
  refuseKept(caller, deviation);
  return services.db.write(async (tx) => {
    const record = await ownRecord(tx, caller, deviation, id);
    await refuseLocked(tx, caller, heldBy(record), 'answer');
    const content = JSON.parse(record.content) as DeviationContent;
    if (record.version === input.version && content.review !== null)
      throw conflict(`${content.review.by} reviewed this deviation already. Nothing was changed.`);
    const review = { by: caller.user.name, at: services.now().toISOString(), note: input.note };
    const change = { version: input.version, reason: 'Reviewed', content: { ...content, review } };
    return appendVersion(services, tx, caller, deviation, id, change, 'review');
  });
}
